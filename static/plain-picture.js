// A file from a camera as a picture and nothing else: small, and without what the camera notes of the place and the hour.
const EDGE = 1600;
const LARGEST = 2 * 1024 * 1024;
const QUALITIES = [0.82, 0.65, 0.45];

/** A file as a picture of at most 1,600 pixels and 2 MB, without anything else in it; throws for what is no picture. */
export async function plainPicture(file) {
  const image = new Image();
  image.src = await asAddress(file);
  await image.decode();
  const scale = Math.min(1, EDGE / Math.max(image.naturalWidth, image.naturalHeight));
  const canvas = drawn(image, image.naturalWidth * scale, image.naturalHeight * scale);
  for (const quality of QUALITIES) {
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
    const plain = new Blob(onlyThePicture(new Uint8Array(await blob.arrayBuffer())), { type: "image/jpeg" });
    if (plain.size <= LARGEST) return { plain, small: drawn(canvas, 240, (240 * canvas.height) / canvas.width) };
  }
  throw new RangeError();
}

const asAddress = (file) =>
  new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.onerror = failed;
    reader.readAsDataURL(file);
  });

function drawn(image, width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(16, Math.round(width));
  canvas.height = Math.max(16, Math.round(height));
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** The segments a picture needs: some browsers write their own remarks even from a canvas, and the server takes none. */
export function onlyThePicture(bytes) {
  const kept = [bytes.subarray(0, 2)];
  let at = 2;
  while (bytes[at + 1] !== 0xda && at + 4 < bytes.length) {
    const marker = bytes[at + 1];
    const end = at + 2 + bytes[at + 2] * 256 + bytes[at + 3];
    if (!((marker > 0xe0 && marker <= 0xef && marker !== 0xee) || marker === 0xfe)) kept.push(bytes.subarray(at, end));
    at = end;
  }
  return [...kept, bytes.subarray(at)];
}

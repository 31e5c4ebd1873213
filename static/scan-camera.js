// The camera, where the browser reads codes by itself. Everything can be typed as well.
const FORMATS = ["qr_code", "code_128", "code_39", "ean_13"];

export const canScan = () => "BarcodeDetector" in window && Boolean(navigator.mediaDevices?.getUserMedia);

/** Show the camera in ``view`` until it has read a code, or ``stopped()`` says so; the code's text, or null. Refused → throws. */
export async function scan(view, stopped) {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  try {
    view.srcObject = stream;
    view.hidden = false;
    await view.play();
    const detector = new window.BarcodeDetector({ formats: FORMATS });
    while (!stopped()) {
      const [found] = await detector.detect(view);
      if (found?.rawValue) return found.rawValue;
      await new Promise((next) => requestAnimationFrame(next));
    }
    return null;
  } finally {
    view.hidden = true;
    view.srcObject = null;
    for (const track of stream.getTracks()) track.stop();
  }
}

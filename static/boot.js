// Before the first paint: do scripts work here, and how large does this person want the letters?
// If the page's module is not awake after a while, the page falls back to what works without scripts.
(function () {
  var page = document.documentElement;
  if (!("noModule" in HTMLScriptElement.prototype)) return;
  page.classList.add("js");
  setTimeout(function () {
    if (!page.classList.contains("awake")) page.classList.remove("js");
  }, 10000);
  try {
    page.classList.toggle("big", localStorage.getItem("nuanlin.big") === "1");
  } catch (off) {
    // Storage is off. The letters stay as they are.
  }
})();

/* The phone's camera as a reader of codes: the browser's own detector where there is one, else ours. */

import { decode } from "./qr.js";

const LARGEST = 960;
const REST = 90;
/* A pass that stays before the camera is one pass. */
const AGAIN_AFTER = 4000;

export function watch(video, button, read, refused) {
  let stream = null;
  button.addEventListener("click", async () => {
    if (stream) {
      stream.getTracks().forEach((track) => track.stop());
      stream = video.srcObject = null;
    } else {
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: { ideal: "environment" }, width: { ideal: 1280 } }, audio: false });
        video.srcObject = stream;
        await video.play();
        look(video, () => video.srcObject === stream && stream, read);
      } catch {
        stream = video.srcObject = null;
        refused();
      }
    }
    video.hidden = !stream;
    button.setAttribute("aria-pressed", String(Boolean(stream)));
  });
}

async function look(video, isOn, read) {
  const texts = await reader(video);
  let before = "", at = -Infinity;
  while (isOn()) {
    const text = document.hidden ? null : await texts();
    const moment = performance.now();
    if (text && (text !== before || moment - at > AGAIN_AFTER)) await read(text);
    if (text) [before, at] = [text, moment];
    await new Promise((resolve) => setTimeout(resolve, REST));
  }
}

/* A function that answers the text of the code in the picture of this moment, or null. */
async function reader(video) {
  const formats = (await globalThis.BarcodeDetector?.getSupportedFormats?.().catch(() => [])) ?? [];
  if (formats.includes("qr_code")) {
    const detector = new globalThis.BarcodeDetector({ formats: ["qr_code"] });
    return async () => (await detector.detect(video).catch(() => []))[0]?.rawValue ?? null;
  }
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  return async () => {
    const share = Math.min(1, LARGEST / Math.max(video.videoWidth, video.videoHeight, 1));
    const width = Math.floor(video.videoWidth * share), height = Math.floor(video.videoHeight * share);
    if (width < 40 || height < 40) return null;
    [canvas.width, canvas.height] = [width, height];
    pen.drawImage(video, 0, 0, width, height);
    return decode(pen.getImageData(0, 0, width, height));
  };
}

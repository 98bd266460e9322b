/* Reads seals and verifies them on the device: the same rules as u2t/seals/rules.py, which explains the form. */

const DOMAIN = new TextEncoder().encode("U2T seal 1\0");
const DIGEST = 16;
const SIGNATURE = 64;
const CODINGS = { 1: "windows-874", 2: "utf-8" };

/* The seal in whatever was scanned or pasted. */
export const sealIn = (text) => {
  const found = /[?&]s=([A-Za-z0-9_-]*)/.exec(text);
  return found ? found[1] : text.replace(/\s+/g, "");
};

const decode = (text) => {
  if (!/^[A-Za-z0-9_-]+$/.test(text)) throw new Error("not base64url");
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/") + "=".repeat((4 - (text.length % 4)) % 4));
  if (btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "") !== text) throw new Error("not the one spelling");
  return Uint8Array.from(plain, (character) => character.charCodeAt(0));
};

const statementOf = (body) => {
  const coding = CODINGS[body[0]];
  if (!coding || body.length <= 1 + DIGEST) throw new Error("no known form");
  const fields = new TextDecoder(coding, { fatal: true }).decode(body.slice(1 + DIGEST)).split("\x1f");
  if (fields.length !== 6 || !/^[0-9]{8}$/.test(fields[4])) throw new Error("not six fields");
  const [key, kind, issuer, number, day, name] = fields;
  return { key, kind, issuer, number, dated_on: `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`, name };
};

/* What `seal` says, if one of `keys` (as keys.json lists them) signed it: {fault, statement, key}. */
export const read = async (seal, keys, check = verified) => {
  let body, signature, statement;
  try {
    const raw = decode(seal);
    [body, signature] = [raw.slice(0, -SIGNATURE), raw.slice(-SIGNATURE)];
    statement = statementOf(body);
  } catch {
    return { fault: "unreadable" };
  }
  const key = keys.find((one) => one.code === statement.key);
  if (!key) return { fault: "unknown_key" };
  const message = new Uint8Array([...DOMAIN, ...body]);
  if (!(await check(decode(key.public_key), signature, message))) return { fault: "forged", key };
  if (key.retired_on && statement.dated_on > key.retired_on) return { fault: "after_retired", key };
  return { fault: "", statement, key };
};

/* The browser's own Ed25519, or ours where it has none. */
const verified = async (key, signature, message) => {
  try {
    const imported = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
    return await crypto.subtle.verify({ name: "Ed25519" }, imported, signature, message);
  } catch (error) {
    if (error.name !== "NotSupportedError") return false;
    return verifiedByHand(key, signature, message);
  }
};

/* Ed25519 by RFC 8032 with large integers. It only verifies, so it need not hide how long it takes. */
const P = 2n ** 255n - 19n;
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const mod = (a) => ((a % P) + P) % P;
const power = (base, exponent) => {
  let result = 1n;
  for (let b = mod(base), e = exponent; e > 0n; e >>= 1n, b = mod(b * b)) if (e & 1n) result = mod(result * b);
  return result;
};
const D = mod(-121665n * power(121666n, P - 2n));
const ROOT = power(2n, (P - 1n) / 4n);
const number = (bytes) => bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);

/* A point as X, Y, Z, T; nothing where the bytes are none. */
const point = (bytes) => {
  const all = number(bytes);
  const y = all & (2n ** 255n - 1n);
  if (y >= P) return null;
  const [u, v] = [mod(y * y - 1n), mod(D * y * y + 1n)];
  let x = mod(u * v ** 3n * power(u * v ** 7n, (P - 5n) / 8n));
  if (mod(v * x * x) !== u) x = mod(x * ROOT);
  if (mod(v * x * x) !== u) return null;
  const isOdd = all >> 255n;
  if (x === 0n && isOdd) return null;
  if ((x & 1n) !== isOdd) x = P - x;
  return [x, y, 1n, mod(x * y)];
};
const sum = ([x1, y1, z1, t1], [x2, y2, z2, t2]) => {
  const [a, b] = [mod((y1 - x1) * (y2 - x2)), mod((y1 + x1) * (y2 + x2))];
  const [c, d] = [mod(2n * t1 * t2 * D), mod(2n * z1 * z2)];
  const [e, f, g, h] = [b - a, d - c, d + c, b + a];
  return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
};
const times = (scalar, one) => {
  let [result, step] = [[0n, 1n, 1n, 0n], one];
  for (let left = scalar; left > 0n; left >>= 1n, step = sum(step, step)) if (left & 1n) result = sum(result, step);
  return result;
};
const BASE = (() => {
  const bytes = new Uint8Array(32).fill(0x66);
  bytes[0] = 0x58;
  return point(bytes);
})();

export const verifiedByHand = async (key, signature, message) => {
  const [r, s] = [signature.slice(0, 32), number(signature.slice(32))];
  const [a, rPoint] = [point(key), point(r)];
  if (!a || !rPoint || s >= ORDER) return false;
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-512", new Uint8Array([...r, ...key, ...message])));
  const [x1, y1, z1] = times(s, BASE);
  const [x2, y2, z2] = sum(rPoint, times(number(hash) % ORDER, a));
  return mod(x1 * z2 - x2 * z1) === 0n && mod(y1 * z2 - y2 * z1) === 0n;
};

/* ---- the page */

const thaiDay = (iso) =>
  new Intl.DateTimeFormat(`${document.documentElement.lang}-u-ca-buddhist`, { dateStyle: "long", timeZone: "UTC" }).format(new Date(iso));

const show = async (given, text) => {
  const found = await read(sealIn(text), given.keys);
  const [mark, head, words] = given.said[found.fault || "offline"];
  const box = document.querySelector("#verdict");
  box.hidden = false;
  box.className = `notice is-${mark}`;
  box.dataset.state = found.fault || "offline";
  box.querySelector("span").textContent = { ok: "●", wait: "◐", warn: "◆", bad: "■" }[mark];
  box.querySelector("h2").textContent = head;
  box.querySelector("p").textContent = words;
  document.querySelector("#demo").hidden = !found.key?.is_demo;
  const facts = document.querySelector("#facts");
  facts.hidden = !found.statement;
  if (!found.statement) return;
  const { kind, issuer, number, dated_on, name } = found.statement;
  const values = [given.kinds[kind] ?? kind, number, name, thaiDay(dated_on), given.issuers[issuer] ?? issuer];
  facts.querySelectorAll("dd").forEach((place, index) => (place.textContent = values[index]));
};

const form = globalThis.document?.querySelector("#offline-form");
if (form) {
  const given = JSON.parse(document.querySelector("#given").textContent);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show(given, form.elements.s.value);
  });
  const seal = new URLSearchParams(location.search).get("s");
  if (seal) {
    form.elements.s.value = seal;
    show(given, seal);
  }
}

/* Keep the page for the day without a network. */
const worker = globalThis.document?.querySelector("[data-worker]")?.dataset.worker;
if (worker && navigator.serviceWorker) {
  navigator.serviceWorker.register(worker).then(() => navigator.serviceWorker.ready).then(() => {
    for (const said of document.querySelectorAll("[data-kept]")) said.hidden = false;
  }, () => {});
}

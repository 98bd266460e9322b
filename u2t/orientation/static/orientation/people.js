/* Finding a person in the packed list: by pass, by number, by part of a name; and what a reader of codes really typed. */

const TOKEN = /(?:^|[/?#=])([A-Za-z0-9_-]{22})(?:$|[/?#&])/;
export const tokenIn = (text) => TOKEN.exec(text.trim())?.[1] ?? "";

/* A reader of codes is a keyboard: with the Thai layout on, it types Thai. The same keys in Latin. */
const LATIN = "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:\"ZXCVBNM<>?";
const THAI = "_ๅ/-ภถุึคตจขชๆไำพะัีรนยบลฃฟหกดเ้่าสวงผปแอิืทมใฝ%+๑๒๓๔ู฿๕๖๗๘๙๐\"ฎฑธํ๊ณฯญฐ,ฅฤฆฏโฌ็๋ษศซ.()ฉฮฺ์?ฒฬฦ";
export function latin(text) {
  if (!/[ก-๙]/.test(text)) return text;
  return [...text].map((sign) => (THAI.includes(sign) ? LATIN[THAI.indexOf(sign)] : sign)).join("");
}

export const arabic = (text) => text.replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - 0x0e50));

/* The same key for searching as u2t.thai.fold makes. */
export const fold = (text) => arabic(text.normalize("NFC")).replaceAll("เเ", "แ").replace(/ํ([่-๋]?)า|([่-๋])ํา/g, "า")
  .replaceAll("ำ", "า").normalize("NFKD").replace(/[\u0300-\u036fัิ-ฺ็-๎ๆฯ]/g, "").replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();

export async function digest(token) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(token)));
  return Array.from(bytes.slice(0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/* An index over the packed list; without a list everything is found nowhere. */
export function directory(list) {
  const people = list?.people ?? [];
  const byPass = new Map(people.filter((one) => one.pass).map((one) => [one.pass, one]));
  const byNumber = new Map(people.map((one) => [one.number, one]));
  return {
    size: people.length,
    byPass: async (token) => byPass.get(await digest(token)),
    byNumber: (number) => byNumber.get(number),
    named: (text, count) => {
      const key = fold(text);
      return key ? people.filter((one) => one.key.includes(key)).slice(0, count) : [];
    },
  };
}

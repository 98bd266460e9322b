/* From the grid of a QR code to its text: format, mask, order of the bits, Reed–Solomon, segments (ISO/IEC 18004). */

const ALIGNMENT = [[], [], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50]];

/* By version and level (L, M, Q, H): correction words of a block, then pairs of blocks and data words. */
const BLOCKS = [
  [],
  [[7, 1, 19], [10, 1, 16], [13, 1, 13], [17, 1, 9]],
  [[10, 1, 34], [16, 1, 28], [22, 1, 22], [28, 1, 16]],
  [[15, 1, 55], [26, 1, 44], [18, 2, 17], [22, 2, 13]],
  [[20, 1, 80], [18, 2, 32], [26, 2, 24], [16, 4, 9]],
  [[26, 1, 108], [24, 2, 43], [18, 2, 15, 2, 16], [22, 2, 11, 2, 12]],
  [[18, 2, 68], [16, 4, 27], [24, 4, 19], [28, 4, 15]],
  [[20, 2, 78], [18, 4, 31], [18, 2, 14, 4, 15], [26, 4, 13, 1, 14]],
  [[24, 2, 97], [22, 2, 38, 2, 39], [22, 4, 18, 2, 19], [26, 4, 14, 2, 15]],
  [[30, 2, 116], [22, 3, 36, 2, 37], [20, 4, 16, 4, 17], [24, 4, 12, 4, 13]],
  [[18, 2, 68, 2, 69], [26, 4, 43, 1, 44], [24, 6, 19, 2, 20], [28, 6, 15, 2, 16]],
];
/* The level's two bits in the format information name M, L, H, Q. */
const LEVELS = [1, 0, 3, 2];

const MASKS = [
  (row, column) => (row + column) % 2, (row) => row % 2, (_row, column) => column % 3, (row, column) => (row + column) % 3,
  (row, column) => ((row >> 1) + Math.floor(column / 3)) % 2,
  (row, column) => ((row * column) % 2) + ((row * column) % 3),
  (row, column) => (((row * column) % 2) + ((row * column) % 3)) % 2,
  (row, column) => (((row + column) % 2) + ((row * column) % 3)) % 2,
];

/* Arithmetic of bytes: powers of two in the field of x^8 + x^4 + x^3 + x^2 + 1. */
const POWER = new Uint8Array(512), LOG = new Uint8Array(256);
for (let n = 0, value = 1; n < 255; n++) {
  POWER[n] = POWER[n + 255] = value;
  LOG[value] = n;
  value = (value << 1) ^ (value & 128 ? 0x11d : 0);
}
const times = (a, b) => (a && b ? POWER[LOG[a] + LOG[b]] : 0);
const over = (a, b) => (a ? POWER[LOG[a] + 255 - LOG[b]] : 0);
const valueAt = (lowFirst, x) => lowFirst.reduceRight((sum, part) => times(sum, x) ^ part, 0);

/* The text of a grid of bits (row by row, 1 is dark), or null where it cannot be read without doubt. */
export function read(bits, version) {
  const side = 17 + 4 * version, at = (row, column) => bits[row * side + column];
  const format = formatOf(at, side);
  if (!format) return null;
  const words = wordsOf(at, side, version, MASKS[format.mask]);
  const data = corrected(words, BLOCKS[version][format.level]);
  return data && textOf(data, version);
}

function formatOf(at, side) {
  let first = 0, second = 0;
  for (let n = 0; n < 6; n++) first = (first << 1) | at(8, n);
  first = (first << 3) | (at(8, 7) << 2) | (at(8, 8) << 1) | at(7, 8);
  for (let n = 5; n >= 0; n--) first = (first << 1) | at(n, 8);
  for (let n = side - 1; n >= side - 7; n--) second = (second << 1) | at(n, 8);
  for (let n = side - 8; n < side; n++) second = (second << 1) | at(8, n);
  let best = null, fewest = 4;
  for (let data = 0; data < 32; data++) {
    let rest = data << 10;
    for (let bit = 14; bit >= 10; bit--) if (rest & (1 << bit)) rest ^= 0x537 << (bit - 10);
    const word = ((data << 10) | rest) ^ 0x5412;
    const wrong = Math.min(ones(word ^ first), ones(word ^ second));
    if (wrong < fewest) {
      fewest = wrong;
      best = { level: LEVELS[data >> 3], mask: data & 7 };
    }
  }
  return best;
}

const ones = (word) => { let count = 0; for (; word; word &= word - 1) count++; return count; };

/* Squares, timing, format and version are no data. */
function isReserved(row, column, side, version) {
  if (row === 6 || column === 6) return true;
  if (row < 9 && (column < 9 || column >= side - 8)) return true;
  if (column < 9 && row >= side - 8) return true;
  if (version >= 7 && ((row < 6 && column >= side - 11) || (column < 6 && row >= side - 11))) return true;
  const centres = ALIGNMENT[version], last = centres.length - 1;
  return centres.some((y, j) => Math.abs(row - y) <= 2 && centres.some((x, i) => Math.abs(column - x) <= 2
    && !(i === 0 && j === 0) && !(i === 0 && j === last) && !(i === last && j === 0)));
}

/* The words in the order in which they are written: two columns at a time, up and down, from the right. */
function wordsOf(at, side, version, mask) {
  const words = [];
  let word = 0, count = 0, up = true;
  for (let right = side - 1; right > 0; right -= 2) {
    if (right === 6) right--;
    for (let n = 0; n < side; n++) {
      const row = up ? side - 1 - n : n;
      for (const column of [right, right - 1]) {
        if (isReserved(row, column, side, version)) continue;
        word = (word << 1) | (at(row, column) ^ (mask(row, column) === 0 ? 1 : 0));
        if (++count === 8) {
          words.push(word);
          word = count = 0;
        }
      }
    }
    up = !up;
  }
  return words;
}

/* Data words of all blocks, put right; null where more is wrong than the code can mend. */
function corrected(words, [correction, ...pairs]) {
  const blocks = [];
  for (let n = 0; n < pairs.length; n += 2)
    for (let block = 0; block < pairs[n]; block++) blocks.push({ size: pairs[n + 1], words: [] });
  let next = 0;
  const longest = Math.max(...blocks.map((block) => block.size));
  for (let n = 0; n < longest; n++) for (const block of blocks) if (n < block.size) block.words.push(words[next++]);
  for (let n = 0; n < correction; n++) for (const block of blocks) block.words.push(words[next++]);
  if (!blocks.every((block) => mend(block.words, correction))) return null;
  return blocks.flatMap((block) => block.words.slice(0, block.size));
}

const syndromes = (words, correction) =>
  Array.from({ length: correction }, (_none, n) => words.reduce((sum, word) => times(sum, POWER[n]) ^ word, 0));

/* Mends a block in place (Berlekamp and Massey, Chien, Forney); false where it cannot. */
function mend(words, correction) {
  const found = syndromes(words, correction);
  if (found.every((one) => one === 0)) return true;
  const [locator, errors] = locatorOf(found, correction);
  if (2 * errors > correction) return false;
  const product = Array.from({ length: correction }, (_none, n) => {
    let sum = 0;
    for (let k = 0; k <= n && k < locator.length; k++) sum ^= times(locator[k], found[n - k]);
    return sum;
  });
  const slope = locator.map((part, n) => (n % 2 ? part : 0)).slice(1);
  let mended = 0;
  for (let place = 0; place < words.length; place++) {
    const degree = words.length - 1 - place, inverse = POWER[(255 - degree) % 255];
    if (valueAt(locator, inverse) !== 0) continue;
    const below = valueAt(slope, inverse);
    if (below === 0) return false;
    words[place] ^= times(POWER[degree], over(valueAt(product, inverse), below));
    mended++;
  }
  return mended === errors && syndromes(words, correction).every((one) => one === 0);
}

function locatorOf(found, correction) {
  let locator = [1], before = [1], errors = 0, shift = 1, scale = 1;
  for (let n = 0; n < correction; n++) {
    let gap = found[n];
    for (let k = 1; k <= errors; k++) gap ^= times(locator[k] || 0, found[n - k]);
    if (gap === 0) {
      shift++;
      continue;
    }
    const kept = locator.slice(), factor = over(gap, scale);
    before.forEach((part, k) => {
      while (locator.length <= k + shift) locator.push(0);
      locator[k + shift] ^= times(factor, part);
    });
    if (2 * errors <= n) {
      errors = n + 1 - errors;
      before = kept;
      scale = gap;
      shift = 1;
    } else shift++;
  }
  return [locator, errors];
}

const SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

function textOf(data, version) {
  let next = 0;
  const left = () => 8 * data.length - next;
  const take = (count) => {
    let value = 0;
    for (; count > 0; count--, next++) value = (value << 1) | ((data[next >> 3] >> (7 - (next & 7))) & 1);
    return value;
  };
  const counted = (small, large) => take(version < 10 ? small : large);
  let text = "";
  while (left() >= 4) {
    const mode = take(4);
    if (mode === 0) break;
    if (mode === 1) text += digits(take, counted(10, 12));
    else if (mode === 2) text += signs(take, counted(9, 11));
    else if (mode === 4) {
      const length = counted(8, 16);
      if (8 * length > left()) return null;
      text += new TextDecoder().decode(Uint8Array.from({ length }, () => take(8)));
    } else if (mode === 7) take(8);
    else return null;
    if (next > 8 * data.length) return null;
  }
  return text || null;
}

function digits(take, count) {
  let text = "";
  for (; count >= 3; count -= 3) text += String(take(10)).padStart(3, "0");
  if (count === 2) text += String(take(7)).padStart(2, "0");
  if (count === 1) text += String(take(4));
  return text;
}

function signs(take, count) {
  let text = "";
  for (; count >= 2; count -= 2) {
    const pair = take(11);
    text += (SIGNS[Math.floor(pair / 45)] ?? "") + SIGNS[pair % 45];
  }
  if (count === 1) text += SIGNS[take(6)] ?? "";
  return text;
}

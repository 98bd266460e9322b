/* Reads a QR code (ISO/IEC 18004, versions 1 to 10) from one frame of a camera: find it, lay a grid over it, and let
   qr-bits.js read the grid. For browsers that have no BarcodeDetector of their own. */

import { read } from "./qr-bits.js";

/* The text of a code in the frame ({data, width, height} as ImageData has them), or null. */
export function decode(frame) {
  const grey = greyOf(frame);
  for (const [share, isSoftened] of [[6, false], [8, true], [14, false]]) {
    const picture = binarised(isSoftened ? softened(frame, grey) : grey, frame, share);
    const centres = finders(picture);
    for (const corners of triples(centres)) {
      const text = readAt(picture, corners);
      if (text !== null) return text;
    }
  }
  return null;
}

function greyOf({ data, width, height }) {
  const grey = new Uint8Array(width * height);
  for (let n = 0; n < grey.length; n++) grey[n] = (data[4 * n] * 77 + data[4 * n + 1] * 151 + data[4 * n + 2] * 28) >> 8;
  return grey;
}

/* The mean of nine pixels in place of each: takes the grain out of pictures in bad light. */
function softened({ width, height }, grey) {
  const soft = grey.slice();
  for (let y = 1; y < height - 1; y++)
    for (let n = y * width + 1; n < y * width + width - 1; n++)
      soft[n] = (grey[n - width - 1] + grey[n - width] + grey[n - width + 1] + grey[n - 1] + grey[n] + grey[n + 1]
        + grey[n + width - 1] + grey[n + width] + grey[n + width + 1]) / 9;
  return soft;
}

/* Dark or light by the mean of the surroundings, a window of the shorter side's share, so that shadows do no harm. */
function binarised(grey, { width, height }, share) {
  const sums = new Float64Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y++) {
    let line = 0;
    for (let x = 0; x < width; x++) {
      line += grey[y * width + x];
      sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + line;
    }
  }
  const half = Math.max(8, Math.round(Math.min(width, height) / share / 2));
  const dark = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const top = Math.max(0, y - half), bottom = Math.min(height, y + half + 1);
    for (let x = 0; x < width; x++) {
      const left = Math.max(0, x - half), right = Math.min(width, x + half + 1);
      const sum = sums[bottom * (width + 1) + right] - sums[top * (width + 1) + right]
        - sums[bottom * (width + 1) + left] + sums[top * (width + 1) + left];
      const mean = sum / ((bottom - top) * (right - left));
      dark[y * width + x] = grey[y * width + x] < mean - Math.max(3, mean * 0.05) ? 1 : 0;
    }
  }
  return { dark, width, height };
}

const isDark = ({ dark, width, height }, x, y) => {
  const column = Math.floor(x), line = Math.floor(y);
  return column >= 0 && line >= 0 && column < width && line < height ? dark[line * width + column] : 0;
};

/* Five runs as 1:1:3:1:1, each within half a module. */
function isFinder(runs) {
  const total = runs[0] + runs[1] + runs[2] + runs[3] + runs[4];
  if (total < 7) return false;
  const module = total / 7, slack = module * 0.6;
  return Math.abs(runs[0] - module) < slack && Math.abs(runs[1] - module) < slack
    && Math.abs(runs[2] - 3 * module) < 3 * slack
    && Math.abs(runs[3] - module) < slack && Math.abs(runs[4] - module) < slack;
}

/* Every place where the three squares' ratio holds along the line and across it. */
function finders(picture) {
  const found = [];
  for (let y = 0; y < picture.height; y++) {
    let runs = [0, 0, 0, 0, 0], colour = 0, length = 0;
    for (let x = 0; x <= picture.width; x++) {
      const here = x < picture.width ? picture.dark[y * picture.width + x] : 2;
      if (here === colour) { length++; continue; }
      runs = [runs[1], runs[2], runs[3], runs[4], length];
      if (colour === 1 && isFinder(runs)) keep(found, centreAt(picture, x - runs[4] - runs[3] - runs[2] / 2, y));
      colour = here;
      length = 1;
    }
  }
  return found.sort((one, other) => other.count - one.count).slice(0, 14);
}

/* The centre put right across the line and along it again; null where the ratio does not hold there. */
function centreAt(picture, x, y) {
  const down = across(picture, x, y + 0.5, 0, 1);
  if (!down) return null;
  const along = across(picture, x, down.middle, 1, 0);
  if (!along) return null;
  const size = (down.total + along.total) / 14;
  if (Math.max(down.total, along.total) > 1.8 * Math.min(down.total, along.total)) return null;
  return { x: along.middle, y: down.middle, size, count: 1 };
}

function across(picture, x, y, dx, dy) {
  const walk = (sign) => {
    const runs = [0, 0, 0];
    let [px, py] = sign > 0 ? [x + dx, y + dy] : [x, y];
    for (let run = 0; run < 3; run++) {
      const wanted = run === 1 ? 0 : 1;
      while (isInside(picture, px, py) && isDark(picture, px, py) === wanted) {
        runs[run]++;
        px += sign * dx;
        py += sign * dy;
      }
    }
    return runs;
  };
  const before = walk(-1), after = walk(1);
  const runs = [before[2], before[1], before[0] + after[0], after[1], after[2]];
  if (!isFinder(runs)) return null;
  const start = (dx ? Math.floor(x) : Math.floor(y)) + 1 - before[0];
  return { middle: start + runs[2] / 2, total: runs.reduce((sum, run) => sum + run) };
}

const isInside = ({ width, height }, x, y) => x >= 0 && y >= 0 && x < width && y < height;

function keep(found, centre) {
  if (!centre) return;
  const near = found.find((one) => Math.hypot(one.x - centre.x, one.y - centre.y) < 2 * one.size);
  if (!near) { found.push(centre); return; }
  const count = near.count + 1;
  near.x += (centre.x - near.x) / count;
  near.y += (centre.y - near.y) / count;
  near.size += (centre.size - near.size) / count;
  near.count = count;
}

/* Three squares that could be the corners of one code, the likeliest first, each as {tl, tr, bl}. */
function triples(centres) {
  const found = [];
  for (let a = 0; a < centres.length; a++)
    for (let b = a + 1; b < centres.length; b++)
      for (let c = b + 1; c < centres.length; c++) {
        const triple = inOrder(centres[a], centres[b], centres[c]);
        if (triple) found.push(triple);
      }
  return found.sort((one, other) => one.oddness - other.oddness).slice(0, 8);
}

const apart = (one, other) => Math.hypot(one.x - other.x, one.y - other.y);

function inOrder(a, b, c) {
  const [tl, p, q] = [[a, b, c], [b, a, c], [c, a, b]].reduce((best, one) =>
    apart(one[1], one[2]) > apart(best[1], best[2]) ? one : best);
  const sizes = [a.size, b.size, c.size], legs = [apart(tl, p), apart(tl, q)], longest = apart(p, q);
  const spread = Math.max(...sizes) / Math.min(...sizes), uneven = Math.max(...legs) / Math.min(...legs);
  if (spread > 2 || uneven > 2 || Math.min(...legs) < 10 * Math.min(...sizes)) return null;
  const square = Math.abs(longest ** 2 - legs[0] ** 2 - legs[1] ** 2) / longest ** 2;
  if (square > 0.4) return null;
  const turns = (p.x - tl.x) * (q.y - tl.y) - (p.y - tl.y) * (q.x - tl.x);
  const [tr, bl] = turns > 0 ? [p, q] : [q, p];
  return { tl, tr, bl, oddness: square + (uneven - 1) + (spread - 1) - 0.02 * Math.min(a.count, b.count, c.count) };
}

/* Walks over three edges from a centre towards a point: three and a half modules, whatever the turn of the code. */
function reach(picture, from, to) {
  const distance = apart(from, to), dx = (to.x - from.x) / distance / 2, dy = (to.y - from.y) / distance / 2;
  let x = from.x, y = from.y, wanted = 1, edges = 0;
  for (let step = 0; step < 2 * distance; step++) {
    x += dx;
    y += dy;
    if (!isInside(picture, x, y)) return 0;
    if (isDark(picture, x, y) !== wanted) {
      wanted = 1 - wanted;
      if (++edges === 3) return step / 2;
    }
  }
  return 0;
}

function moduleSize(picture, one, other) {
  const away = (from, to) => ({ x: 2 * from.x - to.x, y: 2 * from.y - to.y });
  const spans = [
    reach(picture, one, other), reach(picture, one, away(one, other)),
    reach(picture, other, one), reach(picture, other, away(other, one)),
  ].filter((span) => span > 0);
  return spans.length ? spans.reduce((sum, span) => sum + span) / spans.length / 3.5 : 0;
}

function readAt(picture, { tl, tr, bl }) {
  const right = moduleSize(picture, tl, tr) || tl.size, down = moduleSize(picture, tl, bl) || tl.size;
  const estimate = (apart(tl, tr) / right + apart(tl, bl) / down) / 2 + 7;
  const nearest = Math.round((estimate - 17) / 4);
  for (const version of [nearest, nearest - 1, nearest + 1, nearest + 2, nearest - 2]) {
    if (version < 1 || version > 10) continue;
    const text = readAs(picture, tl, tr, bl, version);
    if (text !== null) return text;
  }
  return null;
}

function readAs(picture, tl, tr, bl, version) {
  const side = 17 + 4 * version, legs = side - 7;
  const ux = { x: (tr.x - tl.x) / legs, y: (tr.y - tl.y) / legs };
  const uy = { x: (bl.x - tl.x) / legs, y: (bl.y - tl.y) / legs };
  const at = (i, j) => ({ x: tl.x + i * ux.x + j * uy.x, y: tl.y + i * ux.y + j * uy.y });
  const fourths = version === 1 ? [] : [
    ...alignments(picture, at(legs - 3, legs - 3), ux, uy, side),
    ...alignments(picture, ...inDepth(tl, tr, bl, ux, uy, legs), side),
  ].map((one) => [one, side - 6.5]);
  for (const [corner, where] of [...fourths, [at(legs, legs), side - 3.5]]) {
    const grid = transform(
      [[3.5, 3.5], [side - 3.5, 3.5], [3.5, side - 3.5], [where, where]], [tl, tr, bl, corner],
    );
    const text = grid && read(sampled(picture, grid, side), version);
    if (text) return text;
  }
  return null;
}

/* The same guess for a code seen from the side: what looks smaller is farther away, so the far corner shrinks too. */
function inDepth(tl, tr, bl, ux, uy, legs) {
  const [near, right, down] = [tl, tr, bl].map((one) => 1 / one.size), part = (legs - 3) / legs;
  const depth = near + part * (right - near) + part * (down - near);
  const along = (name) => (tl[name] * near + part * (tr[name] * right - tl[name] * near)
    + part * (bl[name] * down - tl[name] * near)) / depth;
  const scale = Math.min(Math.max((near + right + down) / 3 / depth, 0.4), 2.5);
  const scaled = (one) => ({ x: one.x * scale, y: one.y * scale });
  return [{ x: along("x"), y: along("y") }, scaled(ux), scaled(uy)];
}

/* Where the small square near the fourth corner may lie: the best matches of its five by five modules, at most four. */
function alignments(picture, guess, ux, uy, side) {
  const reachable = Math.min(4 + side * 0.16, 12), matches = [];
  for (let j = -reachable; j <= reachable; j += 0.5)
    for (let i = -reachable; i <= reachable; i += 0.5) {
      const x = guess.x + i * ux.x + j * uy.x, y = guess.y + i * ux.y + j * uy.y;
      if (!isDark(picture, x, y)) continue;
      let score = 0;
      for (let v = -2; v <= 2; v++)
        for (let u = -2; u <= 2; u++) {
          const wanted = Math.max(Math.abs(u), Math.abs(v)) === 1 ? 0 : 1;
          if (isDark(picture, x + u * ux.x + v * uy.x, y + u * ux.y + v * uy.y) === wanted) score++;
        }
      if (score >= 21) matches.push({ x, y, score: score - 0.15 * Math.hypot(i, j) });
    }
  const size = Math.hypot(ux.x, ux.y), places = [];
  for (const match of matches.sort((one, other) => other.score - one.score)) {
    const place = places.find((one) => apart(one[0], match) < 1.6 * size);
    if (!place) places.push([match]);
    else if (match.score > place[0].score - 1.2) place.push(match);
  }
  return places.slice(0, 4).map((place) => ({
    x: place.reduce((sum, one) => sum + one.x, 0) / place.length,
    y: place.reduce((sum, one) => sum + one.y, 0) / place.length,
  }));
}

/* The projection that takes four points of the grid to four of the picture; null where three lie on a line. */
function transform(from, to) {
  const rows = [];
  from.forEach(([u, v], n) => {
    rows.push([u, v, 1, 0, 0, 0, -u * to[n].x, -v * to[n].x, to[n].x]);
    rows.push([0, 0, 0, u, v, 1, -u * to[n].y, -v * to[n].y, to[n].y]);
  });
  for (let column = 0; column < 8; column++) {
    const pivot = rows.slice(column).reduce((best, row) =>
      Math.abs(row[column]) > Math.abs(best[column]) ? row : best);
    if (Math.abs(pivot[column]) < 1e-9) return null;
    rows.splice(rows.indexOf(pivot), 1);
    rows.splice(column, 0, pivot);
    for (const row of rows) {
      if (row === pivot) continue;
      const factor = row[column] / pivot[column];
      for (let k = column; k < 9; k++) row[k] -= factor * pivot[k];
    }
  }
  const [a, b, c, d, e, f, g, h] = rows.map((row, n) => row[8] / row[n]);
  return (u, v) => {
    const depth = g * u + h * v + 1;
    return [(a * u + b * v + c) / depth, (d * u + e * v + f) / depth];
  };
}

/* Each module by the majority of five points in it. */
function sampled(picture, grid, side) {
  const bits = new Uint8Array(side * side);
  const points = [[0.5, 0.5], [0.3, 0.3], [0.7, 0.3], [0.3, 0.7], [0.7, 0.7]];
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++) {
      let votes = 0;
      for (const [u, v] of points) votes += isDark(picture, ...grid(column + u, row + v));
      bits[row * side + column] = votes >= 3 ? 1 : 0;
    }
  return bits;
}


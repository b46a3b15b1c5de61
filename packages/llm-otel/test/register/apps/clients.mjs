// The same application, as an ES module.
import { makeCalls, names } from './clients.cjs';

const modules = await Promise.all(names.map(async (name) => [name, await import(name)]));
console.log(JSON.stringify(await makeCalls(Object.fromEntries(modules))));

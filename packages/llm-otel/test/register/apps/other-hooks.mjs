// Preloaded: hooks of another SDK, by the same loader.
import { register } from 'node:module';
import { Hook } from 'import-in-the-middle';

register('import-in-the-middle/hook.mjs', import.meta.url);
new Hook(['chai'], (_namespace, name) => console.log(`${name} is hooked`));

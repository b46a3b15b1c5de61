import { join } from 'node:path';

const here = join(__dirname, '..', 'node_modules');

/** Newer lines of Node than that of the tests. */
export const newerNodes = {
  'Node 22': join(here, 'node-22', 'bin', 'node'),
  'Node 24': join(here, 'node-24', 'bin', 'node'),
};

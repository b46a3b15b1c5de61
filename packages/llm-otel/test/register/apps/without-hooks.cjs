// Preloaded: as if this were Bun or Jest, which have no hooks for modules that are imported.
const module_ = require('node:module');

module_.register = module_.registerHooks = () => {
  throw new Error('not implemented');
};
module_.syncBuiltinESMExports();

import { scenarios as aiSdk } from './ai-sdk.mjs';
import { scenarios as clients } from './clients.mjs';
import { scenarios as langChain } from './langchain.mjs';

const families = { clients, 'ai-sdk': aiSdk, langchain: langChain };

/** The scenarios that a peer takes part in. */
export function scenariosOf({ family, supports = () => true }) {
  return families[family].filter(supports);
}

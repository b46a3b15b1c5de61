import { scenarios as aiSdk } from './ai-sdk.mjs';
import { scenarios as clients } from './clients.mjs';
import { scenarios as aiSdkContent } from './content/ai-sdk.mjs';
import { scenarios as clientsContent } from './content/clients.mjs';
import { scenarios as langChainContent } from './content/langchain.mjs';
import { scenarios as langChain } from './langchain.mjs';

const families = { clients, 'ai-sdk': aiSdk, langchain: langChain };
/** Say nothing new of prices: for the canaries alone, and not recorded. */
const contentFamilies = { clients: clientsContent, 'ai-sdk': aiSdkContent, langchain: langChainContent };

/** The scenarios that a peer takes part in, and is recorded in. */
export function scenariosOf({ family, supports = () => true }) {
  return families[family].filter(supports);
}

/** Those too that are about content alone. */
export function allScenariosOf(recorder) {
  const { family, supports = () => true } = recorder;
  return [...scenariosOf(recorder), ...contentFamilies[family].filter(supports)];
}

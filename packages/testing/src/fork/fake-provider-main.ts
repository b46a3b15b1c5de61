import { startFakeProvider } from '../fake-provider/fake-provider.js';
import type { FakeProviderService } from './fork-fake-provider.js';
import { serve } from './serve.js';

serve(async (options: { port?: number }): Promise<FakeProviderService> => {
  const provider = await startFakeProvider(options);
  return {
    url: () => provider.url,
    requests: () => provider.requests,
    requestCount: () => provider.requests.length,
    enqueue: provider.enqueue,
    replyAlways: provider.replyAlways,
  };
});

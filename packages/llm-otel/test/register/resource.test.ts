import { hostname } from 'node:os';
import { expect } from 'chai';
import { Services } from './services.js';

describe('the resource of llm-otel/register', function () {
  this.timeout(60_000);
  const services = Services.ofSuite();

  const resourceWith = async (environment: Record<string, string>) => {
    await services.receiver.clear();
    const { stderr } = await services.run('manual-span.mjs', { environment });
    expect(stderr).to.equal('');
    const [span] = await services.receiver.spans();
    return span?.resource ?? {};
  };

  it('says nothing about the host and the process unless it is asked to', async () => {
    const resource = await resourceWith({ OTEL_SERVICE_NAME: 'shop' });
    expect(resource).to.have.all.keys(
      'service.name',
      'telemetry.sdk.language',
      'telemetry.sdk.name',
      'telemetry.sdk.version',
    );
  });

  it('has what the detectors of OTEL_NODE_RESOURCE_DETECTORS find', async () => {
    const environment = {
      OTEL_NODE_RESOURCE_DETECTORS: 'env,host,serviceinstance',
      OTEL_SERVICE_NAME: 'shop',
    };
    const resource = await resourceWith(environment);
    expect(resource).to.include({ 'service.name': 'shop', 'host.name': hostname() });
    expect(resource['service.instance.id']).to.match(/^[\da-f]{8}-[\da-f-]{27}$/);
    // Read from a file, asynchronously.
    if (process.platform === 'linux') expect(resource).to.have.property('host.id').that.is.a('string');
    expect(resource).not.to.have.any.keys('process.pid', 'os.type');
  });

  it('has what the environment says about it, rather than what another detector finds', async () => {
    const resource = await resourceWith({
      OTEL_NODE_RESOURCE_DETECTORS: 'env,host,serviceinstance',
      OTEL_RESOURCE_ATTRIBUTES: 'service.instance.id=shop-0,host.name=node-7',
    });
    expect(resource).to.include({ 'service.instance.id': 'shop-0', 'host.name': 'node-7' });
  });

  it('has no arguments of the process, even with all detectors', async () => {
    const resource = await resourceWith({ OTEL_NODE_RESOURCE_DETECTORS: 'all' });
    expect(resource).to.include.all.keys('process.pid', 'os.type', 'host.name', 'service.instance.id');
    expect(resource).not.to.have.property('process.command_args');
  });
});

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { CallMessage, Remote, ResultMessage, Service } from './messages.js';

interface PendingCall {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** A service in its own process, which ends with this one and keeps this one alive only while a call is pending. */
export class ServiceProcess<S extends Service> {
  readonly #child: ChildProcess;
  readonly #pending = new Map<number, PendingCall>();
  #lastId = 0;

  /**
   * @param main - path of a compiled module that calls `serve`
   * @param options - JSON
   */
  static async start<S extends Service>(main: string, options: object): Promise<ServiceProcess<S>> {
    const child = fork(main, [JSON.stringify(options)], {
      // Bigints and buffers are passed unchanged.
      serialization: 'advanced',
      // Not the loaders of a test runner: `main` is plain JavaScript.
      execArgv: [],
    });
    child.unref();
    const service = new ServiceProcess<S>(child);
    await service.#expect(0);
    return service;
  }

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.on('message', (message: ResultMessage) => this.#settle(message));
    child.once('exit', (code, signal) => {
      for (const id of [...this.#pending.keys()])
        this.#settle({ id, error: `The forked process has ended (${signal ?? code}).` });
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Some of the service's methods, to be called from here. */
  remote<Method extends keyof S & string>(...methods: readonly Method[]): Pick<Remote<S>, Method> {
    const calls = methods.map((method) => [
      method,
      (...args: Parameters<S[Method]>) => this.call(method, ...args),
    ]);
    return Object.fromEntries(calls);
  }

  call<Method extends keyof S & string>(
    method: Method,
    ...args: Parameters<S[Method]>
  ): ReturnType<Remote<S>[Method]> {
    const id = ++this.#lastId;
    const message: CallMessage = { id, method, args };
    const result = this.#expect(id);
    this.#child.send(message, (error) => {
      if (error) this.#settle({ id, error: `The forked process cannot be reached: ${error.message}` });
    });
    return result as ReturnType<Remote<S>[Method]>;
  }

  /** Ends the process, and waits for its end. */
  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.ref();
    this.#child.kill('SIGKILL');
    await once(this.#child, 'exit');
  }

  #expect(id: number): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#child.channel?.ref();
    });
  }

  #settle(message: ResultMessage): void {
    const call = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if (this.#pending.size === 0) this.#child.channel?.unref();
    if ('error' in message) call?.reject(new Error(message.error));
    else call?.resolve(message.value);
  }
}

/** What a service in another process offers: every argument and result must survive structured cloning. */
export type Service = { readonly [method: string]: (...args: never[]) => unknown };

/** The same methods, called from the parent. */
export type Remote<S extends Service> = {
  readonly [Method in keyof S]: (...args: Parameters<S[Method]>) => Promise<Awaited<ReturnType<S[Method]>>>;
};

export interface CallMessage {
  readonly id: number;
  readonly method: string;
  readonly args: unknown[];
}

/** The first message of a service has the id 0 and no caller: it is up. */
export type ResultMessage =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: string };

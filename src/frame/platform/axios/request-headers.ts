/** A request's headers, with the accessors by which the SDK reads and replaces its token (`response.config.headers`). */
export class RequestHeaders extends Headers {
  get Authorization(): string | null {
    return this.get('authorization');
  }

  set Authorization(value: string) {
    this.set('authorization', value);
  }

  getAuthorization(): string | null {
    return this.Authorization;
  }
}

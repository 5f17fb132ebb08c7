import type { VerifiedUser } from '../identity/identity.js';

/** A Coze app and its chat workflow. */
export interface GatewayApp {
  /** `app-id` of the element. */
  readonly appId: string;
  /** `workflow-id` of the element. */
  readonly workflowId: string;
}

/** The owner of a gateway token, and what the token allows. */
export interface GatewayVisitor {
  /** The visitor's subject, as the page knows it; also their `user_id` at Coze. */
  readonly subject: string;
  readonly sessionName: string;
  readonly user: VerifiedUser;
  readonly bots: readonly string[];
  readonly apps: readonly GatewayApp[];
}

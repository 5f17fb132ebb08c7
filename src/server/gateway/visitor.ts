import type { VerifiedUser } from '../identity/identity.js';

/** A Coze app and its chat workflow. */
export interface GatewayApp {
  /** `app-id` of the element. */
  readonly appId: string;
  /** `workflow-id` of the element. */
  readonly workflowId: string;
}

/** Who a gateway token belongs to, and what it opens. */
export interface GatewayVisitor {
  /** As the page knows it; also the visitor's `user_id` at Coze. */
  readonly subject: string;
  readonly sessionName: string;
  readonly user: VerifiedUser;
  readonly bots: readonly string[];
  readonly apps: readonly GatewayApp[];
}

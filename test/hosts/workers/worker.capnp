using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "site", worker = .site),
    (name = "files", disk = "node_modules/coze-chat-embed/dist"),
    (name = "internet", network = (allow = ["public", "private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "site")],
);

const site :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "dist/worker.js")],
  compatibilityDate = "2026-01-01",
  bindings = [
    (name = "COZE_OAUTH_CONFIG", text = embed "coze_oauth_config.json"),
    (name = "VISITOR_COOKIE_SECRET", fromEnvironment = "VISITOR_COOKIE_SECRET"),
    (name = "FILES", service = "files"),
  ],
);

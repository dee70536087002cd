-- First answers to keyed requests; kept for 24 hours.
CREATE TABLE idempotency_keys (
  path        text        NOT NULL,
  key         text        NOT NULL,
  fingerprint text        NOT NULL,
  location    text        NOT NULL,
  body        text        NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (path, key)
);

CREATE INDEX idempotency_keys_created_at ON idempotency_keys (created_at);

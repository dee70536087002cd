ALTER TABLE idempotency_keys ADD COLUMN later text;

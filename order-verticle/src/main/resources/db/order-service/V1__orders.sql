CREATE TABLE orders (
  id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id    bigint      NOT NULL,
  user_name  text        NOT NULL,
  item       text        NOT NULL CHECK (length(item) BETWEEN 1 AND 200),
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX orders_user_id_id ON orders (user_id, id);

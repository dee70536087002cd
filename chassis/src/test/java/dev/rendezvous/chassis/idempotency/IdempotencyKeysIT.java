package dev.rendezvous.chassis.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendezvous.chassis.config.Env;
import dev.rendezvous.chassis.sql.Postgres;
import dev.rendezvous.chassis.testing.Database;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The table of keys over time. */
class IdempotencyKeysIT {
  @Test
  void removesExpiredKeysAndTakesLaterMigrationsOfItsOwn() throws Exception {
    var vertx = Vertx.vertx();
    try (var database = Database.start()) {
      var config = Env.read(Map.of("DATABASE_URL", database.url()), Postgres.Config::from).config();
      var first = Postgres.open(vertx, config, "sample");
      first.migrate().await(20, TimeUnit.SECONDS);
      first.close().await(5, TimeUnit.SECONDS);

      // A file of the chassis that comes after the service's first has run already.
      var postgres = Postgres.open(vertx, config, "sample-later");
      postgres.migrate().await(20, TimeUnit.SECONDS);
      assertThat(database.number("SELECT count(later) FROM idempotency_keys")).isZero();

      database.execute(
          """
          INSERT INTO idempotency_keys (path, key, fingerprint, location, body, created_at)
          VALUES ('/', 'old', '', '', '', now() - interval '25 hours'),
                 ('/', 'new', '', '', '', now() - interval '23 hours')""");
      assertThat(new IdempotencyKeys(postgres).expire().await(5, TimeUnit.SECONDS)).isEqualTo(1);
      assertThat(database.number("SELECT count(*) FROM idempotency_keys WHERE key = 'new'"))
          .isEqualTo(1);
      postgres.close().await(5, TimeUnit.SECONDS);
    } finally {
      vertx.close().await(5, TimeUnit.SECONDS);
    }
  }
}

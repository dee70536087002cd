package dev.rendezvous.chassis.idempotency;

import dev.rendezvous.chassis.problem.StandardProblems;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A request to create something.
 *
 * @param path what its key is scoped to
 * @param key null when the client sent none
 * @param fingerprint a digest of what is asked for; spelling and white space do not count
 */
public record KeyedRequest(String path, @Nullable String key, String fingerprint) {
  /** Reads {@code Idempotency-Key}: 1 to 255 visible ASCII characters, once, else 400. */
  public static KeyedRequest of(RoutingContext context, String path, JsonObject asked) {
    var keys = context.request().headers().getAll("Idempotency-Key");
    if (keys.isEmpty()) {
      return new KeyedRequest(path, null, "");
    }
    if (keys.size() > 1 || !keys.get(0).matches("[!-~]{1,255}")) {
      throw StandardProblems.INVALID_HEADER.because(
          "Idempotency-Key must be given once and have 1 to 255 visible ASCII characters");
    }
    return new KeyedRequest(path, keys.get(0), digest(asked.encode()));
  }

  private static String digest(String text) {
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

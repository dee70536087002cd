package dev.rendezvous.gateway.tls;

import dev.rendezvous.gateway.route.ServerSettings;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate in force, and the files that it comes from.
 *
 * <p>The files are read again every second, through whatever links lead to them; handshakes from
 * then on get what is new there, connections that stand are not touched. What is no certificate
 * with its key is refused, and the one before stays.
 */
public final class Certificates {
  private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);
  private static final long READ_MILLIS = 1_000;

  private final Supplier<ServerSettings.@Nullable Tls> files;
  private final PemKeyCertOptions first;
  private final AtomicReference<@Nullable HttpServer> server = new AtomicReference<>();
  private CertificatePair seen;
  private String complaint = "";

  private Certificates(
      Supplier<ServerSettings.@Nullable Tls> files, CertificatePair pair, PemKeyCertOptions first) {
    this.files = files;
    this.seen = pair;
    this.first = first;
  }

  /** Says what is wrong with the files, if anything is. */
  public static void check(ServerSettings.Tls files) throws InvalidCertificateException {
    CertificatePair.read(files).verified(null);
  }

  /**
   * What the files hold, which must be fine at first; null where there is no TLS.
   *
   * @param files asked each time, because other files can be named
   */
  public static @Nullable Certificates of(Supplier<ServerSettings.@Nullable Tls> files)
      throws InvalidCertificateException {
    var named = files.get();
    if (named == null) {
      return null;
    }
    var pair = CertificatePair.read(named);
    return new Certificates(files, pair, pair.verified(null));
  }

  /** Has a server speak TLS, with HTTP/2 for whoever asks for it (RFC 7301). */
  public void configure(HttpServerOptions options) {
    options.setSsl(true).setUseAlpn(true).setKeyCertOptions(first);
  }

  /** Names a server to change; those that share its port change with it. */
  public void serve(HttpServer listening) {
    server.compareAndSet(null, listening);
  }

  /** Reads the files again from time to time. */
  public void follow(Vertx vertx) {
    vertx.setPeriodic(
        READ_MILLIS,
        id ->
            vertx
                .executeBlocking(() -> reread(vertx))
                .onSuccess(
                    fresh -> {
                      if (fresh != null) {
                        use(fresh);
                      }
                    }));
  }

  private void use(PemKeyCertOptions fresh) {
    var serving = server.get();
    if (serving != null) {
      serving
          .updateSSLOptions(new ServerSSLOptions().setKeyCertOptions(fresh), true)
          .onSuccess(done -> LOG.info("a new certificate is in force"))
          .onFailure(cause -> LOG.warn("the new certificate is refused, the old one stays", cause));
    }
  }

  /** What is new and good. Each content is judged, and talked about, once. */
  private synchronized @Nullable PemKeyCertOptions reread(Vertx vertx) {
    var named = files.get();
    if (named == null) {
      return null;
    }
    try {
      var pair = CertificatePair.read(named);
      if (pair.equals(seen)) {
        return null;
      }
      seen = pair;
      var fresh = pair.verified(vertx);
      complaint = "";
      return fresh;
    } catch (InvalidCertificateException e) {
      if (!complaint.equals(e.getMessage())) {
        complaint = String.valueOf(e.getMessage());
        LOG.warn("{} is refused, the old certificate stays: {}", named.certificate(), complaint);
      }
      return null;
    }
  }
}

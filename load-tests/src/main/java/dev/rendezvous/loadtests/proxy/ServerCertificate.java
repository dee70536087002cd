package dev.rendezvous.loadtests.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/**
 * A certificate for {@code localhost} that signs itself, and its key, as PEM files.
 *
 * @param chain the certificate
 * @param key unencrypted, PKCS #8
 */
public record ServerCertificate(Path chain, Path key) {
  private static final String PASSWORD = "made-for-one-run";
  private static final Base64.Encoder PEM =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  /** Makes one in a folder, by the JDK's own keytool. */
  public static ServerCertificate create(Path folder) throws IOException {
    var store = folder.resolve("localhost.p12");
    var keytool = Path.of(System.getProperty("java.home", ""), "bin", "keytool").toString();
    Executables.firstLine(
        List.of(
            keytool,
            "-genkeypair",
            "-alias",
            "localhost",
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-dname",
            "CN=localhost",
            "-ext",
            "san=dns:localhost,ip:127.0.0.1",
            "-validity",
            "30",
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass",
            PASSWORD));
    try (InputStream in = Files.newInputStream(store)) {
      var keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD.toCharArray());
      return new ServerCertificate(
          write(
              folder.resolve("chain.pem"),
              "CERTIFICATE",
              keys.getCertificate("localhost").getEncoded()),
          write(
              folder.resolve("key.pem"),
              "PRIVATE KEY",
              keys.getKey("localhost", PASSWORD.toCharArray()).getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IOException("the certificate cannot be made: " + e.getMessage(), e);
    }
  }

  private static Path write(Path file, String kind, byte[] encoded) throws IOException {
    return Files.writeString(
        file,
        "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n"
            .formatted(kind, PEM.encodeToString(encoded)));
  }
}

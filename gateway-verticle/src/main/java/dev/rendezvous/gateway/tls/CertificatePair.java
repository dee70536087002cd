package dev.rendezvous.gateway.tls;

import dev.rendezvous.gateway.route.ServerSettings;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/** A certificate, with those that it was issued by, and its key, as their files hold them. */
record CertificatePair(Buffer certificate, Buffer key) {
  private static final String[] KEY_TYPES = {"RSA", "EC", "EdDSA"};
  private static final byte[] TO_BE_SIGNED = {1, 2, 3, 4};

  static CertificatePair read(ServerSettings.Tls files) throws InvalidCertificateException {
    return new CertificatePair(bytes(files.certificate()), bytes(files.key()));
  }

  private static Buffer bytes(Path file) throws InvalidCertificateException {
    try {
      return Buffer.buffer(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new InvalidCertificateException(file + " cannot be read");
    }
  }

  /** What a server can be made with; two that do not belong together would fail each handshake. */
  PemKeyCertOptions verified(@Nullable Vertx vertx) throws InvalidCertificateException {
    var options = new PemKeyCertOptions().addCertValue(certificate).addKeyValue(key);
    try {
      for (var manager : options.copy().getKeyManagerFactory(vertx).getKeyManagers()) {
        if (manager instanceof X509KeyManager keys && belongTogether(keys)) {
          return options;
        }
      }
    } catch (Exception e) {
      throw new InvalidCertificateException(
          "certificate and key cannot be used: " + e.getMessage());
    }
    throw new InvalidCertificateException("the key is not that of the certificate");
  }

  private static boolean belongTogether(X509KeyManager keys) throws GeneralSecurityException {
    for (var type : KEY_TYPES) {
      var aliases = keys.getServerAliases(type, null);
      if (aliases != null && aliases.length > 0) {
        var chain = keys.getCertificateChain(aliases[0]);
        return verifies(type, keys.getPrivateKey(aliases[0]), chain[0].getPublicKey());
      }
    }
    return false;
  }

  private static boolean verifies(String type, PrivateKey key, PublicKey certified)
      throws GeneralSecurityException {
    if (!key.getAlgorithm().equals(certified.getAlgorithm())) {
      return false;
    }
    var signature =
        Signature.getInstance(type.equals("EdDSA") ? type : "SHA256with" + suffix(type));
    signature.initSign(key);
    signature.update(TO_BE_SIGNED);
    var signed = signature.sign();
    signature.initVerify(certified);
    signature.update(TO_BE_SIGNED);
    return signature.verify(signed);
  }

  private static String suffix(String type) {
    return type.equals("EC") ? "ECDSA" : type;
  }
}

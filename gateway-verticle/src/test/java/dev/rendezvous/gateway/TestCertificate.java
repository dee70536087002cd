package dev.rendezvous.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for this machine, made for one test by the JDK's own tool. */
record TestCertificate(Certificate certificate, String certificatePem, String keyPem) {
  private static final String PASSWORD = "secret";

  static TestCertificate of(String commonName, String algorithm) throws Exception {
    var folder = Files.createTempDirectory("certificate");
    var store = folder.resolve("store.p12");
    var tool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "test",
                "-keyalg",
                algorithm,
                "-dname",
                "CN=" + commonName,
                "-ext",
                "san=ip:127.0.0.1",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!tool.waitFor(30, TimeUnit.SECONDS) || tool.exitValue() != 0) {
      throw new AssertionError("no certificate was made");
    }
    var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    var certificate = keys.getCertificate("test");
    var key = keys.getKey("test", PASSWORD.toCharArray());
    return new TestCertificate(
        certificate,
        pem("CERTIFICATE", certificate.getEncoded()),
        pem("PRIVATE KEY", key.getEncoded()));
  }

  private static String pem(String what, byte[] bytes) {
    var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
  }

  /** Puts both files into a folder. */
  void writeTo(Path folder) throws IOException {
    Files.writeString(folder.resolve("tls.crt"), certificatePem);
    Files.writeString(folder.resolve("tls.key"), keyPem);
  }

  /** A connection that trusts this certificate alone, and offers these protocols. */
  SSLSocket connect(int port, String... protocols) throws IOException, GeneralSecurityException {
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("test", certificate);
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    var socket =
        (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    var parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(protocols);
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  /** Whether a server shows this certificate. */
  boolean isShownAt(int port) throws IOException, GeneralSecurityException {
    try (var socket = connect(port)) {
      return socket.getSession().getPeerCertificates()[0].equals(certificate);
    } catch (javax.net.ssl.SSLException another) {
      return false;
    }
  }
}

package dev.rendezvous.gateway.tls;

/** Why a certificate and a key are refused, in one line. */
public final class InvalidCertificateException extends Exception {
  private static final long serialVersionUID = 1;

  InvalidCertificateException(String reason) {
    super(reason.replace('\n', ' '), null, false, false);
  }
}

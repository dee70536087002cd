package dev.rendezvous.discovery.call;

/** What an answer says about the instance that gave it. */
public enum Verdict {
  /** It did its work, whatever the answer is; a 404 or a 500 of the service is OK, too. */
  OK,
  /** 502, 503 or 504: it, or something behind it, could not do the work now. */
  GATEWAY_ERROR,
  /** 421: at this address lives another service. */
  MISDIRECTED;

  /** The verdict that an HTTP status alone allows. */
  public static Verdict ofStatus(int status) {
    return switch (status) {
      case 502, 503, 504 -> GATEWAY_ERROR;
      case 421 -> MISDIRECTED;
      default -> OK;
    };
  }
}

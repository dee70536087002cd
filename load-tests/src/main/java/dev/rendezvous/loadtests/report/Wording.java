package dev.rendezvous.loadtests.report;

import dev.rendezvous.loadtests.report.Speed.Interval;
import java.util.Locale;
import java.util.Map;

/** How figures and variants are written, everywhere alike. */
final class Wording {

  private static final Map<String, String> NAMES =
      Map.of(
          Results.DIRECT, "direct",
          Results.GATEWAY, "gateway",
          Results.NGINX, "nginx",
          Results.DISCOVERY, "discovery");

  private Wording() {}

  static String name(String variant) {
    return NAMES.getOrDefault(variant, variant);
  }

  /** A time in µs, in the unit that suits its size. */
  static String time(double micros) {
    if (Math.abs(micros) >= 99_950) {
      return format("%.0f ms", micros / 1e3);
    }
    return Math.abs(micros) >= 9_995
        ? format("%.1f ms", micros / 1e3)
        : Math.abs(micros) >= 999.5 ? format("%.2f ms", micros / 1e3) : format("%.0f µs", micros);
  }

  /** A difference with its sign and where it lies. */
  static String difference(Interval interval) {
    return signed(interval.value())
        + " ("
        + signed(interval.low())
        + " to "
        + signed(interval.high())
        + ")";
  }

  static String signed(double micros) {
    String time = time(Math.abs(micros));
    return time.startsWith("0 ") ? "0 µs" : (micros < 0 ? "−" : "+") + time;
  }

  static String seconds(double seconds) {
    return format(seconds < 0.995 ? "%.2f s" : "%.1f s", seconds);
  }

  static String mebibytes(double mebibytes) {
    return format("%.0f MiB", mebibytes);
  }

  static String percent(double share) {
    return format("%.0f %%", 100 * share);
  }

  static String rate(int rate) {
    return format("%,d/s", rate);
  }

  static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}

package dev.rendezvous.gateway.route;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes, times and numbers as people write them; what is no such thing is an illegal argument. */
final class Amounts {
  private static final Pattern AMOUNT = Pattern.compile("(\\d{1,9})([a-z]*)");
  private static final Pattern RATE = Pattern.compile("(\\d{1,7})/([sm])");
  private static final String NONE = "none";

  private Amounts() {}

  /** Bytes, KiB, MiB or GiB. */
  static long size(String text) {
    var amount = matched(text.toLowerCase(Locale.ROOT));
    var shift =
        switch (amount.group(2)) {
          case "" -> 0;
          case "kib" -> 10;
          case "mib" -> 20;
          case "gib" -> 30;
          default -> throw new IllegalArgumentException(text);
        };
    return Long.parseLong(amount.group(1)) << shift;
  }

  static long sizeOrNone(String text) {
    return text.equals(NONE) ? Route.NO_LIMIT : size(text);
  }

  /** A size that a buffer can have. */
  static Function<String, Integer> sizeFrom(int least, int most) {
    return text -> Math.toIntExact(within(size(text), least, most));
  }

  static Function<String, Integer> numberFrom(int least, int most) {
    return text -> Math.toIntExact(within(Long.parseLong(text), least, most));
  }

  /** The nanoseconds between two of so many a second or a minute. */
  static long interval(String text) {
    var rate = RATE.matcher(text);
    if (!rate.matches()) {
      throw new IllegalArgumentException(text);
    }
    var period = rate.group(2).equals("s") ? Duration.ofSeconds(1) : Duration.ofMinutes(1);
    return period.toNanos() / within(Long.parseLong(rate.group(1)), 1, 1_000_000);
  }

  private static long within(long amount, long least, long most) {
    if (amount < least || amount > most) {
      throw new IllegalArgumentException(Long.toString(amount));
    }
    return amount;
  }

  /** Milliseconds, seconds or minutes, more than none. */
  static Duration time(String text) {
    var amount = matched(text);
    var number = Long.parseLong(amount.group(1));
    if (number == 0) {
      throw new IllegalArgumentException(text);
    }
    var time =
        switch (amount.group(2)) {
          case "ms" -> Duration.ofMillis(number);
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          default -> throw new IllegalArgumentException(text);
        };
    return time.compareTo(Route.FOREVER) < 0 ? time : Route.FOREVER;
  }

  /** A time that a socket's options can hold: whole seconds, at most a day. */
  static Duration idle(String text) {
    var time = time(text);
    if (time.toMillisPart() != 0 || time.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException(text);
    }
    return time;
  }

  static Duration timeOrNone(String text) {
    return text.equals(NONE) ? Route.FOREVER : time(text);
  }

  private static Matcher matched(String text) {
    var amount = AMOUNT.matcher(text);
    if (!amount.matches()) {
      throw new IllegalArgumentException(text);
    }
    return amount;
  }
}

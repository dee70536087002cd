package dev.rendezvous.chassis.paging;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.OptionalLong;

/**
 * The opaque {@code after} of a keyset page: the last id that was seen and a digest that binds it
 * to its list.
 *
 * <p>The digest has no secret. It keeps a cursor from being taken to another list or made up by
 * accident; what it leads to is public to every client of the list anyway.
 */
final class Cursor {
  private static final int DIGEST = 6;

  private Cursor() {}

  /** {@code list} names what is paged, filters included, such as {@code /orders?user_id=1}. */
  static String after(String list, long id) {
    var bytes = ByteBuffer.allocate(Long.BYTES + DIGEST).putLong(id).put(digest(list, id)).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The id that a cursor of this list stands for; empty when it is not one. */
  static OptionalLong id(String list, String cursor) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException e) {
      return OptionalLong.empty();
    }
    if (bytes.length != Long.BYTES + DIGEST) {
      return OptionalLong.empty();
    }
    var id = ByteBuffer.wrap(bytes).getLong();
    // Compared as text: base64 has several spellings of the same bytes, and one of them is ours.
    return id > 0 && after(list, id).equals(cursor) ? OptionalLong.of(id) : OptionalLong.empty();
  }

  private static byte[] digest(String list, long id) {
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(list.getBytes(StandardCharsets.UTF_8));
      return Arrays.copyOf(sha256.digest(ByteBuffer.allocate(8).putLong(id).array()), DIGEST);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

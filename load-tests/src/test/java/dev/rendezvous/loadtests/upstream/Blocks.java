package dev.rendezvous.loadtests.upstream;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.zip.CRC32C;

/**
 * Endless bytes of which no two blocks are the same, so that a checksum sees lost and swapped ones.
 */
public final class Blocks {
  /** Bytes of one block. */
  public static final int SIZE = 64 * 1024;

  private static final byte[] LETTERS = new byte[SIZE];

  static {
    new Random(1).nextBytes(LETTERS);
  }

  private Blocks() {}

  /** The block with that number, from 0. */
  public static byte[] block(long number) {
    byte[] block = LETTERS.clone();
    ByteBuffer.wrap(block).putLong(number);
    return block;
  }

  /** The checksum of so many blocks, as it is written in an answer. */
  public static String checksum(long blocks) {
    CRC32C sum = new CRC32C();
    for (long i = 0; i < blocks; i++) {
      sum.update(block(i));
    }
    return Long.toHexString(sum.getValue());
  }

  /** So many blocks as a stream. */
  public static InputStream stream(long blocks) {
    return new InputStream() {
      private byte[] block = block(0);
      private long number;
      private int at;

      @Override
      public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] to, int offset, int length) {
        if (number == blocks) {
          return -1;
        }
        int size = Math.min(length, SIZE - at);
        System.arraycopy(block, at, to, offset, size);
        at += size;
        if (at == SIZE) {
          at = 0;
          number++;
          block = block(number);
        }
        return size;
      }
    };
  }
}

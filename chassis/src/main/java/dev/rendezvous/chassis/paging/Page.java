package dev.rendezvous.chassis.paging;

import dev.rendezvous.chassis.http.Answer;
import dev.rendezvous.chassis.http.Parameters;
import dev.rendezvous.chassis.problem.StandardProblems;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * One page of a list in the order of its ids.
 *
 * @param list what is paged, filters included, such as {@code /orders?user_id=1}
 * @param limit how many items the page has at most
 * @param after the last id of the page before; 0 for the first page
 */
public record Page(String list, int limit, long after) {
  /** Reads {@code limit} (1 to 100, default 20) and {@code after}. */
  public static Page of(String list, Parameters query) {
    var limit = query.number("limit", 20, 1, 100);
    var after = query.text("after");
    if (after == null) {
      return new Page(list, limit, 0);
    }
    var id =
        Cursor.id(list, after)
            .orElseThrow(
                () ->
                    StandardProblems.INVALID_PARAMETER.because(
                        "after must be taken from the Link of a page of this list"));
    return new Page(list, limit, id);
  }

  /** How many rows to ask for: one more than the page has, to learn whether there is a next one. */
  public int rows() {
    return limit + 1;
  }

  /**
   * The answer to the page's request, with {@code Link: …; rel="next"} (RFC 8288) while there is
   * more.
   *
   * @param found up to {@link #rows()} items with ids above {@link #after()}, in order
   */
  public <T> Answer answer(List<T> found, ToLongFunction<T> id, Function<T, JsonObject> json) {
    var more = found.size() > limit;
    var items = new JsonArray();
    (more ? found.subList(0, limit) : found).forEach(item -> items.add(json.apply(item)));
    var answer = Answer.ok(new JsonObject().put("items", items));
    return more ? answer.with("Link", next(id.applyAsLong(found.get(limit - 1)))) : answer;
  }

  private String next(long last) {
    var join = list.indexOf('?') < 0 ? '?' : '&';
    return "<%s%climit=%d&after=%s>; rel=\"next\""
        .formatted(list, join, limit, Cursor.after(list, last));
  }
}

package io.refugium.fql10.sets;

import io.refugium.fql10.runtime.QueryContext;
import io.refugium.fql10.runtime.SetValue;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Some consecutive elements of a set.
 *
 * @param position where the next page starts; null if this is the last one
 */
public record Page(List<Value> data, Value position) {

  /**
   * Reads a page.
   *
   * @param position where it starts; null for the first page
   * @param size the number of elements unless the set ends before
   */
  public static Page read(QueryContext context, SetValue set, Value position, int size) {
    SetValue.Elements elements = set.open(context, position);
    List<Value> data = new ArrayList<>(Math.min(size, 64));
    while (data.size() < size) {
      Value element = elements.next();
      if (element == null) {
        return new Page(data, null);
      }
      data.add(element);
    }
    return new Page(data, elements.hasMore() ? elements.position() : null);
  }
}

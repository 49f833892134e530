package io.refugium.fql10.request;

import java.util.List;
import java.util.Map;

/** JSON as it was sent: repeated members are kept, numbers are text. */
sealed interface Json {
  /** How messages call a value of this kind. */
  String kind();

  record Null() implements Json {
    @Override
    public String kind() {
      return "Null";
    }
  }

  record Truth(boolean value) implements Json {
    @Override
    public String kind() {
      return "Boolean";
    }
  }

  record IntegerNumber(String digits) implements Json {
    @Override
    public String kind() {
      return "Integer";
    }
  }

  record DecimalNumber(String text) implements Json {
    @Override
    public String kind() {
      return "Double";
    }
  }

  record Text(String value) implements Json {
    @Override
    public String kind() {
      return "String";
    }
  }

  record Array(List<Json> elements) implements Json {
    @Override
    public String kind() {
      return "Array Start";
    }
  }

  record Struct(List<Map.Entry<String, Json>> members) implements Json {
    @Override
    public String kind() {
      return "Object Start";
    }
  }
}

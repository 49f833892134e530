package io.refugium.fql10.sets;

/** What a part of a recipe describes. The order is part of the format: add at the end only. */
enum RecipeTag {
  ARRAY_SET,
  SINGLE,
  SEQUENCE,
  MAP,
  WHERE,
  FLAT_MAP,
  CONCAT,
  TAKE,
  DROP,
  PAGE_SIZE,
  REVERSE,
  DISTINCT,
  ORDER,
  STORED,
  ARRAY,
  OBJECT,
  ID,
  LONG,
  MODULE,
  LAMBDA,
  NATIVE,
  USER,
  SET,
  CURSOR,
  EVENTS,
  DOCUMENT,
  LENT
}

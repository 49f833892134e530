package io.refugium.fql10.runtime;

import java.util.List;

/** Failures of documents and schema, with their exact messages (language spec. 13.2). */
public final class DocumentErrors {
  private DocumentErrors() {}

  /** How a message names a document that does not exist. */
  public static String missingText(Documents.Reference document) {
    return document.named()
        ? document.collection() + " `" + document.key() + "` not found."
        : "Collection `"
            + document.collection()
            + "` does not contain document with id "
            + document.key()
            + ".";
  }

  public static String deletedCollectionText(long id) {
    return "Document with id " + id + " does not exist because the collection was deleted.";
  }

  public static QueryFailure notFound(Documents.Reference document) {
    return QueryFailure.of(ErrorCode.DOCUMENT_NOT_FOUND, missingText(document));
  }

  public static QueryFailure idExists(String collection, long id) {
    return QueryFailure.of(
        ErrorCode.DOCUMENT_ID_EXISTS,
        "Collection `" + collection + "` already contains document with id " + id + ".");
  }

  public static QueryFailure invalidDocumentId(String collection, String id) {
    return QueryFailure.of(
        ErrorCode.INVALID_DOCUMENT_ID,
        "Create in collection " + collection + " failed due to invalid document id " + id);
  }

  public static QueryFailure definitionAndDocument() {
    return QueryFailure.of(
        ErrorCode.INVALID_WRITE, "Cannot modify a document and its collection in the same query.");
  }

  public static QueryFailure indexNotQueryable(String collection, String index) {
    return QueryFailure.of(
        ErrorCode.INVALID_INDEX_INVOCATION,
        "The index `" + collection + "." + index + "` is not queryable.");
  }

  public static QueryFailure wrongSecret() {
    return QueryFailure.of(ErrorCode.INVALID_SECRET, "Provided secret did not match.");
  }

  public static QueryFailure notUnique(List<List<Object>> paths) {
    return QueryFailure.constraint(
        "Failed unique constraint.",
        List.of(new ConstraintFailure(paths, "Failed unique constraint")));
  }

  public static QueryFailure invalidSchema(String diagnostics) {
    return QueryFailure.of(
        ErrorCode.INVALID_SCHEMA,
        "Invalid database schema update.\n" + diagnostics.indent(4).stripTrailing());
  }

  /** What a write of a user document is called when it fails. */
  public static String failedTo(String action, Documents.Reference document) {
    return document.named()
        ? "Failed to " + action + " " + document.collection() + " `" + document.key() + "`."
        : "Failed to "
            + action
            + " document with id "
            + document.key()
            + " in collection `"
            + document.collection()
            + "`.";
  }

  public static String failedToCreate(String collection) {
    return "Failed to create document in collection `" + collection + "`.";
  }
}

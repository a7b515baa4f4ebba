import { isJsonObject, type JsonObject } from '../json/json';

/**
 * Properties with their products as a list. PHP writes a list with a gap as an object of numbers,
 * such as `{ "0": …, "2": … }`. Anything else stays as it is.
 */
export function withListedProducts(properties: JsonObject): JsonObject {
  const { products } = properties;
  if (!isJsonObject(products)) return properties;
  const names = Object.keys(products);
  const isList = names.length > 0 && names.every((name) => /^\d{1,6}$/.test(name));
  return isList ? { ...properties, products: Object.values(products) } : properties;
}

// Holds answers against docs/api/openapi.yaml, and events against docs/api/asyncapi.yaml.
import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { repository } from './shop.ts';

type Document = Record<string, any>;

const ajv = new Ajv2020({ strict: false, allErrors: true });
(addFormats as unknown as (instance: Ajv2020) => void)(ajv);

function load(name: string): Document {
  const document = parse(readFileSync(`${repository}docs/api/${name}`, 'utf8')) as Document;
  ajv.addSchema({ ...document, $id: `tandem:${name}` });
  return document;
}

export const openapi = load('openapi.yaml');
export const asyncapi = load('asyncapi.yaml');

const compiled = new Map<string, ValidateFunction>();
function validator(pointer: string): ValidateFunction {
  let found = compiled.get(pointer);
  if (!found) {
    found = ajv.compile({ $ref: pointer });
    compiled.set(pointer, found);
  }
  return found;
}

function escape(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
}

/** The templated path of the contract that a concrete path belongs to; fixed segments win. */
export function contractPath(path: string): string | undefined {
  const segments = path.split('?')[0]!.split('/');
  const candidates = Object.keys(openapi.paths).filter((template) => {
    const parts = template.split('/');
    return parts.length === segments.length && parts.every((part, i) => part.startsWith('{') || part === segments[i]);
  });
  return candidates.sort((a, b) => a.split('{').length - b.split('{').length)[0];
}

function resolve(node: Document): Document {
  if (typeof node.$ref !== 'string') return node;
  return node.$ref.slice(2).split('/').reduce((at: Document, key: string) => at[key], openapi);
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  json: any;
}

/** What any operation may answer under `default`: the caller's rate, an overload or outage, a deadline. All else is listed. */
const sharedStatuses = [429, 503, 504];

/** Why `answer` departs from the contract, or nothing. */
export function departure(method: string, path: string, answer: Answer): string | undefined {
  const template = contractPath(path);
  // HEAD is answered as GET, without the content (RFC 9110, section 9.3.2).
  const operation = template && openapi.paths[template][method === 'HEAD' ? 'get' : method.toLowerCase()];
  if (!operation) {
    // Outside the contract only errors of the caller may come back.
    return answer.status < 400 || answer.status >= 500 ? `${method} ${path} is not in the contract, but answers ${answer.status}` : undefined;
  }
  const shared = sharedStatuses.includes(answer.status) ? operation.responses.default : undefined;
  const known = operation.responses[String(answer.status)] ?? shared;
  if (!known) return `${method} ${template} answered ${answer.status}, which the contract does not name: ${answer.text}`;
  return content(method, template, answer, known);
}

function content(method: string, template: string, answer: Answer, known: Document): string | undefined {
  const contents = resolve(known).content as Document | undefined;
  if (!contents || method === 'HEAD') return undefined;
  const type = (answer.headers.get('content-type') ?? '').split(';')[0]!;
  if (!(type in contents)) return `${method} ${template} answered ${answer.status} as '${type}', not as ${Object.keys(contents)}`;
  if (!type.endsWith('json')) return undefined;
  const at = typeof known.$ref === 'string' ? known.$ref.slice(1) : pointerOf(method, template, answer.status);
  const validate = validator(`tandem:openapi.yaml#${at}/content/${escape(type)}/schema`);
  if (validate(answer.json)) return undefined;
  return `${method} ${template} answered ${answer.status} with ${answer.text}: ${ajv.errorsText(validate.errors)}`;
}

function pointerOf(method: string, template: string, status: number): string {
  const responses = openapi.paths[template][method.toLowerCase()].responses;
  const key = String(status) in responses ? String(status) : 'default';
  return `/paths/${escape(template)}/${method.toLowerCase()}/responses/${key}`;
}

/** Why an event departs from docs/api/asyncapi.yaml, or nothing. */
export function eventDeparture(routingKey: string, body: unknown): string | undefined {
  const channel = asyncapi.channels[routingKey] as Document | undefined;
  if (!channel) return `no channel is called ${routingKey}`;
  const name = Object.keys(channel.messages)[0]!;
  const validate = validator(`tandem:asyncapi.yaml#/components/messages/${name}/payload`);
  return validate(body) ? undefined : `${routingKey}: ${ajv.errorsText(validate.errors)} in ${JSON.stringify(body)}`;
}

// Asks verifiers by others about credentials of ours, with no network: standard input is
//   {"contexts": {url: context}, "lists": {url: status list credential},
//    "cases": [{"credential": …, "suite": "eddsa-jcs-2022" | "eddsa-rdfc-2022"} | {"jwt": "…"}]}
// and standard output an array, an answer a case: {"verified": bool, "said": why not, "status": {purpose: bit} }.
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {createVerifyCryptosuite as jcs} from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import {cryptosuite as rdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import * as vc from '@digitalbazaar/vc';
import {compactVerify, decodeProtectedHeader, importJWK} from 'jose';
import {readFileSync} from 'node:fs';

const asked = JSON.parse(readFileSync(0, 'utf8'));
const suites = {'eddsa-jcs-2022': jcs(), 'eddsa-rdfc-2022': rdfc};
const proofOf = suite => new DataIntegrityProof({cryptosuite: suites[suite]});
const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

// did:key is resolved from its own name: the document of its one key, or that key.
function ofDidKey(url) {
  const [did, key] = url.split('#');
  const publicKeyMultibase = did.slice('did:key:'.length);
  const method = {
    '@context': 'https://w3id.org/security/multikey/v1', id: `${did}#${publicKeyMultibase}`,
    type: 'Multikey', controller: did, publicKeyMultibase};
  return key ? method : {
    '@context': ['https://www.w3.org/ns/did/v1'], id: did, verificationMethod: [method], assertionMethod: [method.id]};
}

async function documentLoader(url) {
  const document = asked.contexts[url] ?? asked.lists[url] ?? (url.startsWith('did:key:') && ofDidKey(url));
  if(!document) {
    throw new Error(`not served here: ${url}`);
  }
  return {contextUrl: null, documentUrl: url, document, tag: 'static'};
}

async function ofCredential({credential, suite}) {
  const statuses = {};
  const look = async options => {
    const result = await checkStatus({...options, verifyMatchingIssuers: false});
    for(const one of result.results ?? []) {
      statuses[one.credentialStatus.statusPurpose] = one.status;
    }
    return {...result, verified: !result.error}; // a set bit is an answer, not a failure of the proofs
  };
  const result = await vc.verifyCredential({credential, suite: proofOf(suite), checkStatus: look, documentLoader});
  const proofs = (result.results ?? []).map(one => one.proof?.cryptosuite);
  return {verified: result.verified && String(proofs) === suite, said: explain(result), status: statuses};
}

async function ofJwt({jwt}) {
  const {kid} = decodeProtectedHeader(jwt);
  let number = 0n;
  for(const one of kid.split('#z')[1]) {
    number = number * 58n + BigInt(BASE58.indexOf(one));
  }
  const x = Buffer.from(number.toString(16), 'hex').subarray(2).toString('base64url'); // after ed 01
  const key = await importJWK({kty: 'OKP', crv: 'Ed25519', x}, 'EdDSA');
  await compactVerify(jwt, key, {algorithms: ['EdDSA']});
  return {verified: true};
}

function explain(result) {
  return [result.error, ...(result.error?.errors ?? []), result.statusResult?.error]
    .filter(Boolean).map(error => error.message).join(' | ');
}

const answers = [];
for(const one of asked.cases) {
  try {
    answers.push(await (one.jwt ? ofJwt(one) : ofCredential(one)));
  } catch(error) {
    answers.push({verified: false, said: error.message});
  }
}
process.stdout.write(JSON.stringify(answers));

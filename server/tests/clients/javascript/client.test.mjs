// The AWS SDK for JavaScript: the client of items as they are sent, the document client, and the client of streams.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";

import {
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  ResourceInUseException,
  ResourceNotFoundException,
  TransactionCanceledException,
  UpdateTimeToLiveCommand,
  paginateListTables,
  waitUntilTableExists,
} from "@aws-sdk/client-dynamodb";
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from "@aws-sdk/client-dynamodb-streams";
import {
  BatchGetCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactGetCommand,
  TransactWriteCommand,
  UpdateCommand,
  paginateQuery,
} from "@aws-sdk/lib-dynamodb";

const options = {
  endpoint: process.env.DJAMODB_SERVER_URL,
  region: "eu-west-1",
  credentials: { accessKeyId: "djamodb", secretAccessKey: "djamodb" },
  maxAttempts: 1,
};
const client = new DynamoDBClient(options);
const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { convertEmptyValues: false } });
const streams = new DynamoDBStreamsClient(options);
const TableName = `javascript-${randomUUID().slice(0, 8)}`;

const definition = {
  TableName,
  AttributeDefinitions: [
    { AttributeName: "h", AttributeType: "S" },
    { AttributeName: "r", AttributeType: "N" },
    { AttributeName: "kind", AttributeType: "S" },
  ],
  KeySchema: [
    { AttributeName: "h", KeyType: "HASH" },
    { AttributeName: "r", KeyType: "RANGE" },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: "kinds",
      KeySchema: [{ AttributeName: "kind", KeyType: "HASH" }],
      Projection: { ProjectionType: "ALL" },
    },
  ],
  BillingMode: "PAY_PER_REQUEST",
  StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_IMAGE" },
};

before(async () => {
  await client.send(new CreateTableCommand(definition));
  await waitUntilTableExists({ client, maxWaitTime: 10, minDelay: 1 }, { TableName });
  for (let r = 0; r < 6; r += 1) {
    await documents.send(new PutCommand({ TableName, Item: { h: "a", r, kind: r % 2 ? "odd" : "even" } }));
  }
});

after(async () => {
  await client.send(new DeleteTableCommand({ TableName }));
  for (const each of [client, streams]) each.destroy();
});

test("a description has dates and an ARN", async () => {
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  assert.equal(Table.TableStatus, "ACTIVE");
  assert.ok(Table.CreationDateTime instanceof Date);
  assert.match(Table.TableArn, /^arn:aws:dynamodb:[a-z0-9-]+:\d{12}:table\//);
  const names = [];
  for await (const page of paginateListTables({ client, pageSize: 1 }, {})) names.push(...page.TableNames);
  assert.ok(names.includes(TableName));
});

test("values of all types are returned as they were written", async () => {
  const item = {
    h: "types",
    r: 1,
    text: "ü",
    empty: "",
    flag: false,
    nothing: null,
    list: [1, "two", { three: [3] }],
    map: { a: { b: 1.5 } },
    texts: new Set(["a", "b"]),
    numbers: new Set([1, 2]),
    binary: new Uint8Array([0, 255]),
  };
  await documents.send(new PutCommand({ TableName, Item: item }));
  const { Item } = await documents.send(new GetCommand({ TableName, Key: { h: "types", r: 1 }, ConsistentRead: true }));
  assert.deepEqual(Item, item);
  const raw = await client.send(new GetItemCommand({ TableName, Key: { h: { S: "types" }, r: { N: "1" } } }));
  assert.deepEqual(raw.Item.list, { L: [{ N: "1" }, { S: "two" }, { M: { three: { L: [{ N: "3" }] } } }] });
});

test("queries and scans select items and continue", async () => {
  const query = {
    TableName,
    KeyConditionExpression: "h = :h AND r > :r",
    ExpressionAttributeValues: { ":h": "a", ":r": 1 },
    ScanIndexForward: false,
  };
  const pages = [];
  for await (const page of paginateQuery({ client: documents, pageSize: 3 }, query)) {
    pages.push(page.Items.map((item) => item.r));
  }
  assert.deepEqual(pages, [[5, 4, 3], [2]]);
  const index = { TableName, IndexName: "kinds", KeyConditionExpression: "kind = :k" };
  const odd = await documents.send(new QueryCommand({ ...index, ExpressionAttributeValues: { ":k": "odd" } }));
  assert.equal(odd.Count, 3);
  const filter = { FilterExpression: "begins_with(#k, :p)", ExpressionAttributeNames: { "#k": "kind" } };
  const values = { ExpressionAttributeValues: { ":p": "ev" } };
  const even = await documents.send(new ScanCommand({ TableName, Select: "COUNT", ...filter, ...values }));
  assert.deepEqual([even.Count, even.Items], [3, undefined]);
});

test("updates return values, and failed conditions are exceptions with the item", async () => {
  const Key = { h: "updates", r: 1 };
  const UpdateExpression = "SET n = if_not_exists(n, :zero) + :one";
  const values = { ":zero": 0, ":one": 1 };
  for (const expected of [1, 2]) {
    const update = { TableName, Key, UpdateExpression, ExpressionAttributeValues: values, ReturnValues: "UPDATED_NEW" };
    const { Attributes } = await documents.send(new UpdateCommand(update));
    assert.deepEqual(Attributes, { n: expected });
  }
  const deletion = {
    TableName,
    Key,
    ConditionExpression: "n > :n",
    ExpressionAttributeValues: { ":n": 5 },
    ReturnValuesOnConditionCheckFailure: "ALL_OLD",
  };
  await assert.rejects(documents.send(new DeleteCommand(deletion)), (error) => {
    assert.ok(error instanceof ConditionalCheckFailedException);
    assert.deepEqual(error.Item.n, { N: "2" });
    return true;
  });
});

test("batches and transactions are carried out", async () => {
  const requests = [0, 1].map((r) => ({ PutRequest: { Item: { h: { S: "batch" }, r: { N: String(r) } } } }));
  const written = await client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: requests } }));
  assert.deepEqual(written.UnprocessedItems, {});
  const Keys = [0, 1, 2].map((r) => ({ h: "batch", r }));
  const read = await documents.send(new BatchGetCommand({ RequestItems: { [TableName]: { Keys } } }));
  assert.equal(read.Responses[TableName].length, 2);
  const check = { TableName, Key: { h: "none", r: 1 }, ConditionExpression: "attribute_not_exists(h)" };
  const Put = { TableName, Item: { h: "transaction", r: 1 }, ConditionExpression: "attribute_not_exists(h)" };
  await documents.send(new TransactWriteCommand({ TransactItems: [{ Put }, { ConditionCheck: check }] }));
  await assert.rejects(documents.send(new TransactWriteCommand({ TransactItems: [{ Put }] })), (error) => {
    assert.ok(error instanceof TransactionCanceledException);
    assert.deepEqual(error.CancellationReasons.map((reason) => reason.Code), ["ConditionalCheckFailed"]);
    return true;
  });
  const Get = { TableName, Key: { h: "transaction", r: 1 } };
  const { Responses } = await documents.send(new TransactGetCommand({ TransactItems: [{ Get }] }));
  assert.deepEqual(Responses[0].Item, { h: "transaction", r: 1 });
});

test("errors are exceptions of the service", async () => {
  await assert.rejects(client.send(new CreateTableCommand(definition)), ResourceInUseException);
  const missing = new GetItemCommand({ TableName: "no-such-table", Key: { h: { S: "a" } } });
  await assert.rejects(client.send(missing), ResourceNotFoundException);
  const invalid = client.send(new PutItemCommand({ TableName, Item: { h: { S: "a" } } }));
  await assert.rejects(invalid, (error) => {
    assert.equal(error.name, "ValidationException");
    assert.match(error.message, /Missing the key r in the item/);
    assert.equal(error.$metadata.httpStatusCode, 400);
    assert.equal(error.$metadata.requestId.length, 52);
    return true;
  });
  const TimeToLiveSpecification = { Enabled: true, AttributeName: "expires" };
  const enabled = await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
  assert.deepEqual(enabled.TimeToLiveSpecification, TimeToLiveSpecification);
});

test("streams have the changes of items", async () => {
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  const StreamArn = Table.LatestStreamArn;
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
  const shard = { StreamArn, ShardId: StreamDescription.Shards[0].ShardId, ShardIteratorType: "TRIM_HORIZON" };
  const { ShardIterator } = await streams.send(new GetShardIteratorCommand(shard));
  const { Records } = await streams.send(new GetRecordsCommand({ ShardIterator, Limit: 3 }));
  assert.deepEqual(Records.map((record) => record.eventName), ["INSERT", "INSERT", "INSERT"]);
  assert.deepEqual(Records[1].dynamodb.NewImage.r, { N: "1" });
});

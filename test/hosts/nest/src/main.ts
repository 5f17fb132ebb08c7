import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';
import { cozeChat } from './coze-chat';

async function main(): Promise<void> {
  const app = await NestFactory.create(AppModule);
  app.use('/coze', cozeChat);
  await app.listen(process.env['PORT'] ?? 3000, '127.0.0.1');
  console.log(await app.getUrl());
}

void main();

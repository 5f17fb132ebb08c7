import { readFileSync } from 'node:fs';
import { Controller, Get, Header, Module } from '@nestjs/common';

const page = readFileSync('index.html', 'utf8');

@Controller()
class PageController {
  @Get()
  @Header('content-type', 'text/html')
  page(): string {
    return page;
  }
}

@Module({ controllers: [PageController] })
export class AppModule {}
